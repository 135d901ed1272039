// The parts of undici that the transport and GitHub's toolkit import. Its own index.js loads the whole (mocks, caches,
// WebSocket), which no bundler can shake off: 0.5 MB, and a quarter of the time to the first request.
const Dispatcher = require('undici/lib/dispatcher/dispatcher.js')

// As its index.js does: without them no dispatcher has request(), nor can one connect through a proxy.
Object.assign(Dispatcher.prototype, {
  request: require('undici/lib/api/api-request.js'),
  connect: require('undici/lib/api/api-connect.js'),
})

const ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js')

// HTTP/2 is left out of the build (see left-out.mjs), so nobody may agree on it with the far side.
const HTTP1 = { allowH2: false }

let direct

module.exports = {
  EnvHttpProxyAgent: require('undici/lib/dispatcher/env-http-proxy-agent.js'),
  ProxyAgent: class extends ProxyAgent {
    constructor(options) {
      super({ ...options, ...HTTP1 })
    }
  },
  /** Loaded when it is called: only what is asked of GitHub calls it. */
  fetch: (url, { dispatcher = defaultDispatcher(), ...options }) =>
    require('./fetch.cjs')(url, { ...options, dispatcher }),
}

/** As undici's fetch has one of its own. */
function defaultDispatcher() {
  const Agent = require('undici/lib/dispatcher/agent.js')
  return (direct ??= new Agent(HTTP1))
}
