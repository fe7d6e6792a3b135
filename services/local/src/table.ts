type Align = 'left' | 'right'

/** Width on a terminal of text without control sequences; the few symbols we print are one column wide. */
const width = (text: string) => [...text].length

const pad = (text: string, columns: number, align: Align) => {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return align === 'right' ? space + text : text + space
}

/** Lines of a table whose columns are as wide as their widest cell. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(width(heading), ...rows.map(row => width(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0, align[column] ?? 'left'))
      .join('  ')
      .trimEnd()
  return [line(headings), widths.map(columns => '─'.repeat(columns)).join('  '), ...rows.map(line)]
}
