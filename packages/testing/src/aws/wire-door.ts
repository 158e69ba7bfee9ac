import { spoil } from '../simulation/spoil.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import { isSigned, readCredential, type Credential } from './credential.js';
import type { Caller, Dispatcher } from './dispatch.js';
import type { Gate } from './gate.js';
import { partitionOf } from './partition.js';
import type { Protocol } from './protocols/protocol.js';
import { protocolOf } from './protocols/protocol-of.js';
import { serviceModel } from './protocols/service-model.js';
import { ServiceError } from './service-error.js';
import type { ServiceName } from './service-name.js';
import { registry } from './services.js';
import { signatureError } from './signature-words.js';
import type { Secret } from './verify-signature.js';
import { words } from './words.js';

/** An API's own domain: calls to it are the data path. */
export const API_HOST = /^[a-z0-9]{6,32}\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** Names in the credential's scope. `apigateway` is both versions, told apart by their paths. */
const SIGNING_NAMES: Readonly<Record<string, ServiceName>> = {
  ec2: 'ec2',
  elasticloadbalancing: 'elasticloadbalancingv2',
  servicediscovery: 'servicediscovery',
  acm: 'acm',
  sts: 'sts',
  servicequotas: 'servicequotas',
};

/** Real milliseconds for which a write holds its gateway before it is answered. */
const HOLD_MS = 3;

/** AWS on the wire: reads requests, passes them through the gate, writes answers. */
export class WireDoor {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly gate: Gate,
    private readonly requestId: () => string,
    /** Secrets by access key id; signatures are not verified without. */
    private readonly keys: ReadonlyMap<string, string> | undefined,
  ) {}

  /** Whether a request is meant for AWS. */
  recognises(request: WireRequest): boolean {
    return API_HOST.test(request.host) || isSigned(request);
  }

  /** Answers a request. */
  async handle(request: WireRequest): Promise<WireAnswer> {
    if (API_HOST.test(request.host)) {
      return plain(501, 'NotImplemented', 'Calls to an API itself are not simulated yet; its control plane is.');
    }
    const credential = readCredential(request);
    if (!credential) {
      return plain(403, 'IncompleteSignature', 'The Authorization header is no complete AWS4-HMAC-SHA256 signature.');
    }
    const service = serviceOf(request, credential);
    if (!service) {
      this.gate.record(credential.service, request.method + ' ' + request.path, 501);
      return plain(
        501,
        'NotImplemented',
        `Postern simulates no ${serviceTitle(credential)}; its README lists what it does.`,
      );
    }
    return this.#answer(request, credential, service, await protocolOf(service));
  }

  async #answer(
    request: WireRequest,
    credential: Credential,
    service: ServiceName,
    protocol: Protocol,
  ): Promise<WireAnswer> {
    const requestId = this.requestId();
    const { region } = credential;
    let name = '';
    const refuse = (error: ServiceError): WireAnswer => {
      const answer = protocol.encodeError(error, requestId);
      this.gate.record(service, name, answer.status);
      return answer;
    };
    try {
      const named = protocol.identify(request);
      ({ name } = named);
      const caller = await this.#caller(request, credential, service);
      if (!named.model) return refuse(protocol.unknownOperation(request, name));
      const operation = registry.find(service, name);
      if (!operation) return refuse(new ServiceError('NotImplemented', notSimulated(service, name), 501));
      const input = protocol.decode(operation, named.model, named.source);
      const outcome = this.gate.pass({ operation, region, caller, input }, await serviceModel(service));
      const answer = outcome.error
        ? protocol.encodeError(outcome.error, requestId)
        : protocol.encode(named.model, outcome.output, requestId);
      const { release, fault } = outcome;
      const broken = spoil(answer, fault);
      return release ? { ...broken, delayMs: (broken.delayMs ?? 0) + HOLD_MS, onAnswered: release } : broken;
    } catch (error) {
      if (error instanceof ServiceError) return refuse(error);
      throw error;
    }
  }

  /** Who signed. @throws {ServiceError} when keys are checked and these are wrong, or have run out. */
  async #caller(request: WireRequest, credential: Credential, service: ServiceName): Promise<Caller> {
    const { accessKeyId, region } = credential;
    const session = this.dispatcher.state.sessions.get(accessKeyId);
    if (this.keys) {
      const known = this.keys.get(accessKeyId);
      const secret: Secret | undefined = session ?? (known === undefined ? undefined : { secretAccessKey: known });
      const { signatureProblem } = await import('./verify-signature.js'); // hashes and signers, only where they are asked for
      const problem = await signatureProblem(request, credential, secret, Date.now());
      if (problem) throw signatureError(service, problem);
    }
    if (!session) return this.dispatcher.rootCaller(region, accessKeyId);
    if (session.expiresAt <= this.dispatcher.now()) throw words(service).expired();
    return { arn: session.arn, userId: session.userId, accessKeyId };
  }
}

function serviceOf({ path }: WireRequest, { service }: Credential): ServiceName | undefined {
  if (service === 'apigateway') return path.startsWith('/v2/') ? 'apigatewayv2' : undefined;
  return Object.hasOwn(SIGNING_NAMES, service) ? SIGNING_NAMES[service] : undefined;
}

function serviceTitle({ service, region }: Credential): string {
  if (service === 'apigateway') return 'REST APIs (API Gateway V1)';
  return `service called ${service} (partition ${partitionOf(region)})`;
}

function notSimulated(service: ServiceName, name: string): string {
  return `Postern does not simulate ${name} of ${service}; its README lists what it does.`;
}

/** An answer outside of any service's protocol, in words for whoever looks. */
function plain(status: number, code: string, message: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
