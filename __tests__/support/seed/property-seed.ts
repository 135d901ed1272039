// Runs before each test file. The seed is printed once, by the configuration of the tests.
import fc from 'fast-check'
import { drawSeed } from './seed.ts'

fc.configureGlobal({ seed: drawSeed(process.env['SEED']) })
