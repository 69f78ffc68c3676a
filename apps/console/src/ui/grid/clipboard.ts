/** A block of cells, by row. */
export type Cells = readonly (readonly string[])[]

/** The cells of what a spreadsheet puts into the clipboard: lines of fields between tabs; the last line feed ends no line. */
export function readCells(text: string): Cells {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  return lines.split('\n').map((line) => line.split('\t').map((cell) => cell.trim()))
}
