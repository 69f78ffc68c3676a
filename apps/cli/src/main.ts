#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Before anything of ours is loaded: a command starts in half the time when its code need not be compiled again.
enableCompileCache()
const { run } = await import('./program.ts')
process.exitCode = await run()
