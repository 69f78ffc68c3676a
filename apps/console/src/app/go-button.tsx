import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useHref, useLinkClickHandler } from 'react-router'

interface GoButtonProps {
  readonly to: string
  readonly primary?: boolean
  /** Why it cannot be gone to now, as a sentence. */
  readonly not?: string | undefined
  readonly children: ReactNode
}

/** A link that looks like a button, since it leads to where something is done. */
export function GoButton({ to, primary = false, not, children }: GoButtonProps) {
  const href = useHref(to)
  const go = useLinkClickHandler<HTMLElement>(to)
  const type = primary ? 'primary' : 'default'
  if (not !== undefined) {
    return (
      <Button type={type} disabled title={not} aria-description={not}>
        {children}
      </Button>
    )
  }
  return (
    <Button type={type} href={href} onClick={(event) => go(event as Parameters<typeof go>[0])}>
      {children}
    </Button>
  )
}
