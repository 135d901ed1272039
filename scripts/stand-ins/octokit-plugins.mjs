// @actions/github adds these two to every octokit. We call only octokit.request(), and their tables take 0.1 MB.
export function restEndpointMethods() {}

export function paginateRest() {}
