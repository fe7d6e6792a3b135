/** Tells a person what happens while it happens, on stderr: one line a step, with a tick and the time it took. */
export interface Progress {
  /** A heading: part of the story. */
  chapter(title: string): void
  /** Runs `work` under a line that is ticked when it is done. `work` returns what came of it, or nothing. */
  step<T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T>
}

const dim = (text: string) => `\u001b[2m${text}\u001b[22m`
const red = (text: string) => `\u001b[31m${text}\u001b[39m`
const green = (text: string) => `\u001b[32m${text}\u001b[39m`
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`
const plain = (text: string) => text

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

interface Terminal {
  write(text: string): unknown
  isTTY?: boolean
}

export function terminalProgress(out: Terminal, now: () => number = () => performance.now()): Progress {
  const live = out.isTTY === true
  const [faint, bad, good, strong] = live ? [dim, red, green, bold] : [plain, plain, plain, plain]
  const took = (began: number) => `${((now() - began) / 1000).toFixed(1)} s`
  return {
    chapter(title) {
      out.write(`\n${strong(title)}\n`)
    },
    async step(title, work) {
      const began = now()
      let detail = ''
      let frame = 0
      const draw = () => out.write(`\r\u001b[K  ${spinner[frame++ % spinner.length]} ${title} ${faint(detail)}`)
      const timer = live ? setInterval(draw, 100) : undefined
      const end = (mark: string) => {
        clearInterval(timer)
        if (live) out.write('\r\u001b[K')
        out.write(`  ${mark} ${title}${detail ? ` — ${detail}` : ''} ${faint(took(began))}\n`)
      }
      try {
        const result = await work(text => {
          detail = text
        })
        end(good('✓'))
        return result
      } catch (error) {
        end(bad('✗'))
        throw error
      }
    },
  }
}

/** Says nothing, for `--json` with stderr closed and for tests. */
export const silentProgress: Progress = { chapter() {}, step: (_, work) => work(() => {}) }
