// The parts of undici that the transport and GitHub's toolkit import. Its own index.js loads the whole (mocks, caches,
// WebSocket), which no bundler can shake off: 0.5 MB, and a quarter of the time to the first request.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js')

// As its index.js does: without it no dispatcher has request(), nor can one connect through a proxy.
Object.assign(Dispatcher.prototype, require('undici/lib/api/index.js'))

module.exports = {
  EnvHttpProxyAgent: require('undici/lib/dispatcher/env-http-proxy-agent.js'),
  ProxyAgent: require('undici/lib/dispatcher/proxy-agent.js'),
  /** Loaded when it is called: only a deployment does. */
  fetch: (...args) => require('undici/lib/web/fetch/index.js').fetch(...args),
}
