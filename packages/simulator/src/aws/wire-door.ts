import { type ServiceName, ServiceError, partitionOf } from './operation/operation.js';
import { SERVICES, serviceSignedAs, serviceModel } from './service-table.js';
import { statusIn, type Protocol } from './protocols/protocol.js';
import { type Dispatcher, type Outcome, answerOverWire } from '../simulation/dispatch/dispatcher.js';
import type { Gate } from '../simulation/dispatch/gate.js';
import type { Caller } from '../simulation/dispatch/operation.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import {
  isSigned,
  readCredential,
  type Credential,
  signatureError,
  type SignatureProblem,
} from './signature/signature-words.js';
import type { Aws } from './dispatch.js';
import type { ServiceModel } from './protocols/shapes.js';
import { registry } from './services.js';
import { words } from './operation/words.js';

const protocols = new Map<ServiceName, Promise<Protocol>>();

/** A service's protocol, made on first use: the SDK's package with its schemas is loaded then. */
export function protocolOf(service: ServiceName): Promise<Protocol> {
  let protocol = protocols.get(service);
  if (!protocol) {
    protocol = serviceModel(service).then(SERVICES[service].protocol);
    protocols.set(service, protocol);
  }
  return protocol;
}

interface Loaded {
  readonly protocol: Protocol;
  readonly model: ServiceModel;
}

/** AWS on the wire: reads requests, passes them through the gate, writes answers. */
export class WireDoor {
  readonly #loaded = new Map<ServiceName, Loaded>();

  constructor(
    private readonly dispatcher: Dispatcher<Aws>,
    private readonly gate: Gate<Aws>,
    private readonly requestId: () => string,
    /** Secrets by access key id; signatures are not verified without. */
    private readonly keys: ReadonlyMap<string, string> | undefined,
    /** When simulated time began. */
    private readonly startMs: number,
  ) {}

  /** Whether a request is addressed to AWS. */
  recognizes(request: WireRequest): boolean {
    return isSigned(request);
  }

  handle(request: WireRequest): WireAnswer | Promise<WireAnswer> {
    const credential = readCredential(request);
    if (!credential) {
      return plain(403, 'IncompleteSignature', 'The Authorization header is no complete AWS4-HMAC-SHA256 signature.');
    }

    const service = serviceSignedAs(credential.service, request.path);
    if (!service) {
      this.gate.record(credential.service, request.method + ' ' + request.path, 501);
      return plain(
        501,
        'NotImplemented',
        `Postern simulates no ${serviceTitle(credential)}; its README lists what it does.`,
      );
    }

    const loaded = this.#loaded.get(service);
    if (loaded && !this.keys) return this.#answer(request, credential, service, loaded);

    return this.#prepare(request, credential, service);
  }

  /** Loads what the service's first call needs, and verifies the signature where that is requested. */
  async #prepare(request: WireRequest, credential: Credential, service: ServiceName): Promise<WireAnswer> {
    const loaded = { protocol: await protocolOf(service), model: await serviceModel(service) };
    this.#loaded.set(service, loaded);
    return this.#answer(request, credential, service, loaded, await this.#problem(request, credential));
  }

  #answer(
    request: WireRequest,
    credential: Credential,
    service: ServiceName,
    { protocol, model }: Loaded,
    problem?: SignatureProblem,
  ): WireAnswer | Promise<WireAnswer> {
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
      if (problem) throw signatureError(service, problem);

      const caller = this.#caller(credential, service);
      if (!named.model) return refuse(protocol.unknownOperation(request, name));

      const operation = registry.find(service, name);
      if (!operation) return refuse(new ServiceError('NotImplemented', notSimulated(service, name), 501));

      const input = protocol.decode(operation, named.model, named.source);
      const outcome = this.gate.passWhenReady({ operation, region, caller, input, statusOf: statusIn(model, name) });
      const { model: shape } = named;
      const answer = (passed: Outcome<ServiceError>): WireAnswer => {
        const { error, output } = passed;
        const written = error ? protocol.encodeError(error, requestId) : protocol.encode(shape, output, requestId);
        return answerOverWire(written, passed);
      };
      return outcome instanceof Promise ? outcome.then(answer) : answer(outcome);
    } catch (error) {
      if (error instanceof ServiceError) return refuse(error);

      throw error;
    }
  }

  /** What is wrong with a signature, where keys are checked. */
  async #problem(request: WireRequest, credential: Credential): Promise<SignatureProblem | undefined> {
    if (!this.keys) return undefined;

    const { signatureProblem } = await import('./signature/verify-signature.js'); // hashes and signers, only where they are asked for
    const secretAccessKey = this.keys.get(credential.accessKeyId);
    const known = secretAccessKey === undefined ? undefined : { secretAccessKey };
    const secret = this.dispatcher.state.sessions.get(credential.accessKeyId) ?? known;
    const simulated = { fromMs: this.startMs, toMs: this.dispatcher.now() };
    return signatureProblem(request, credential, secret, { now: Date.now(), simulated });
  }

  /** Who signed. @throws {ServiceError} when a role's credentials have run out. */
  #caller({ accessKeyId, region }: Credential, service: ServiceName): Caller {
    const session = this.dispatcher.state.sessions.get(accessKeyId);
    if (!session) return this.dispatcher.rootCaller(region, accessKeyId);
    if (session.expiresAt <= this.dispatcher.now()) throw words(service).expired();

    return { arn: session.arn, userId: session.userId, accessKeyId };
  }
}

function serviceTitle({ service, region }: Credential): string {
  return `service called ${service} (partition ${partitionOf(region)})`;
}

function notSimulated(service: ServiceName, name: string): string {
  return `Postern does not simulate ${name} of ${service}; its README lists what it does.`;
}

/** An answer outside of any service's protocol, with a text for a human reader. */
function plain(status: number, code: string, message: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
