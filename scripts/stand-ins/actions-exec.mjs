// @actions/core starts programs only in core.platform.getDetails(), to find the system's version. Nothing here calls it.
export function getExecOutput() {
  throw new Error('@actions/exec is not part of this build')
}
