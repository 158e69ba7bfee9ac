import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import { Agent as AgentBase, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { proxyFailed, proxyVariable } from '../ground/calls/network-failure.js';

/**
 * Connections through the proxy that the environment names for a host: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in
 * upper or lower case. Hosts of `NO_PROXY`, and this machine, are called directly. One agent serves HTTP and HTTPS.
 */
export class EnvironmentProxyAgent extends AgentBase {
  readonly #direct: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #proxies = new Map<string, Tunnels | Forwarding>();
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    super(options);
    this.#options = options;
    this.#direct = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  }

  connect(_: ClientRequest, options: AgentConnectOpts) {
    const scheme = options.secureEndpoint ? 'https' : 'http';
    const { host = 'localhost', port } = options;
    const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const proxy = isThisMachine(host) ? '' : getProxyForUrl(url);
    if (proxy === '') return this.#direct[scheme];

    const key = `${scheme} ${proxy}`;
    const known = this.#proxies.get(key);
    if (known !== undefined) return known;

    const failed: Failed = (cause) => proxyFailed(proxy, proxyVariable(scheme, process.env), cause);
    const Through = scheme === 'https' ? Tunnels : Forwarding;
    const proxyAgent = new Through(proxy, this.#options, failed);
    this.#proxies.set(key, proxyAgent);
    return proxyAgent;
  }

  override destroy(): void {
    this.#direct.http.destroy();
    this.#direct.https.destroy();
    for (const proxy of this.#proxies.values()) proxy.destroy();
    super.destroy();
  }
}

type Failed = (cause: unknown) => Error;

/** Tunnels for TLS. A proxy that refuses to open one is named. */
class Tunnels extends HttpsProxyAgent<string> {
  readonly #failed: Failed;

  constructor(proxy: string, options: AgentOptions, failed: Failed) {
    super(proxy, options);
    this.#failed = failed;
  }

  override async connect(request: ClientRequest, options: AgentConnectOpts) {
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) request.destroy(this.#failed(new Error(`it answered CONNECT with ${statusCode}`)));
    });
    try {
      return await super.connect(request, options as never);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }
}

/** Calls without TLS, which the proxy forwards. */
class Forwarding extends HttpProxyAgent<string> {
  readonly #failed: Failed;

  constructor(proxy: string, options: AgentOptions, failed: Failed) {
    super(proxy, options);
    this.#failed = failed;
  }

  override async connect(request: Parameters<HttpProxyAgent<string>['connect']>[0], options: AgentConnectOpts) {
    try {
      return await super.connect(request, options);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }
}

/** The simulated clouds, and endpoints of one's own on loopback, are never behind a proxy. */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
