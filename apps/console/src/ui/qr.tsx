import qrcode from 'qrcode-generator'
import { useEffect, useState } from 'react'
import { afterPaint } from './after-paint.ts'

const QUIET_MODULES = 4
const BLANK: Drawn = { path: '', size: 1 }

interface Drawn {
  readonly path: string
  readonly size: number
}

/** A text as a QR code, dark on white on paper and screen alike. `label` says where it leads, for those who do not see it. */
export function Qr({ text, label, px = 132 }: { readonly text: string; readonly label: string; readonly px?: number }) {
  const [{ path, size }, setDrawn] = useState(BLANK)
  // Eight patterns are tried before one is taken: what stands around it is on the screen by then.
  useEffect(() => afterPaint(() => setDrawn(drawn(text))), [text])
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} width={px} height={px} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function drawn(text: string): Drawn {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  let path = ''
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h1v1h-1z`
    }
  }
  return { path, size: count + 2 * QUIET_MODULES }
}
