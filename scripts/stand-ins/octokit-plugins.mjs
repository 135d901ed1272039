// @actions/github adds these two to every octokit. We call octokit.request() alone, and their tables are 0.1 MB.
export function restEndpointMethods() {}

export function paginateRest() {}
