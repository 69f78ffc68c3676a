/** Title of a page that nobody writes by hand. */
export const generated = (title: string): string =>
  `# ${title}\n\n<!-- made by \`npm run reference\` from the code; do not edit -->`

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
