import { run } from './run.ts'

// A reader such as `head` may have had enough: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

await run(process.argv.slice(2))
