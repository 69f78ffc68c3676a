#!/usr/bin/env node
import { report } from './failure.ts'
import { program } from './program.ts'

try {
  await program().parseAsync()
} catch (cause) {
  process.exitCode = report(cause)
}
