// Loaded with --import into the measured process. At exit, it writes the peak of resident memory and the processor time of
// all threads.
// VmHWM of Linux covers only the running program, while maxRSS of resourceUsage() starts with the memory that the parent
// process held when it forked. Sampling from outside would miss the last peak.
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
