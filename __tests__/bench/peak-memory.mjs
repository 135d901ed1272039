// Loaded with --import into the process that is measured; writes its peak of resident memory at its very end, and the
// processor time of all of its threads.
// VmHWM of Linux belongs to the program that runs, while the maxRSS of resourceUsage() begins with what the parent
// process held when it forked, and sampling from outside would miss the last peak.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env['PEAK_MEMORY_FILE']
const cpuFile = process.env['CPU_TIME_FILE']
if (cpuFile !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(cpuFile, String((user + system) / 1000))
  })
}
if (file !== undefined) {
  process.on('exit', () => {
    const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    writeFileSync(file, String(Number(kib) * 1024))
  })
}
