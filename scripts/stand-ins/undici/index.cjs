// The parts of undici that the transport and GitHub's toolkit import. Its own index.js loads everything (mocks, caches,
// WebSocket), which no bundler can remove: 0.5 MB, and a quarter of the time to the first request.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js')

// As in undici's index.js: without these, dispatchers have no request() and can't connect through a proxy.
Object.assign(Dispatcher.prototype, {
  request: require('undici/lib/api/api-request.js'),
  connect: require('undici/lib/api/api-connect.js'),
})

const ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js')

// The build leaves HTTP/2 out (see left-out.mjs), so no connection can negotiate it.
const HTTP1 = { allowH2: false }

let direct

module.exports = {
  EnvHttpProxyAgent: require('undici/lib/dispatcher/env-http-proxy-agent.js'),
  ProxyAgent: class extends ProxyAgent {
    constructor(options) {
      super({ ...options, ...HTTP1 })
    }
  },
  /** Loaded on the first call: only requests to GitHub use it. */
  fetch: (url, { dispatcher = defaultDispatcher(), ...options }) =>
    require('./fetch.cjs')(url, { ...options, dispatcher }),
}

/** undici's fetch has its own default dispatcher, too. */
function defaultDispatcher() {
  const Agent = require('undici/lib/dispatcher/agent.js')
  return (direct ??= new Agent(HTTP1))
}
