import { raise } from '../simulation/raise.js';
import { type Dispatcher, answerInProcess, suffer } from '../simulation/dispatch/dispatcher.js';
import type { ClientOptions, FaultRule } from '../simulation/world/faults.js';
import type { Gate } from '../simulation/dispatch/gate.js';
import { httpDate } from '../simulation/time/time.js';
import type { World } from '../simulation/world/world.js';
import type { Aws } from './dispatch.js';
import { JsonCodec } from './protocols/json-codec.js';
import { GATEWAY_TEXTS } from './protocols/json.js';
import { Mismatch, errorStatus, statusIn } from './protocols/protocol.js';
import type { ServiceModel } from './protocols/shapes.js';
import { ServiceError, type ServiceName } from './operation/operation.js';
import { SdkClock, signatureError } from './signature/signature-words.js';
import { serviceModel, SERVICES } from './service-table.js';
import { registry } from './services.js';
import type { SimulatedClients } from './simulated-clients.js';

/** JavaScript values with the schema's names: inputs and outputs are checked and copied. */
const PLAIN = new JsonCodec({ jsonNames: false, timestamps: 'date' });
const GATEWAY = new JsonCodec({ jsonNames: false, timestamps: 'date', ...GATEWAY_TEXTS });

const codecOf = (service: ServiceName): JsonCodec => (service.startsWith('apigateway') ? GATEWAY : PLAIN);

/** What the clients call. */
export interface InProcessDoor extends ClientOptions {
  readonly world: World;
  readonly dispatcher: Dispatcher<Aws>;
  readonly gate: Gate<Aws>;
  readonly requestId: () => string;
}

/** What the SDK calls `HttpHandlerOptions`. */
interface CallOptions {
  /** Called with the headers that the answer has over HTTP. */
  readonly onHeaders?: ((headers: Readonly<Record<string, string>>) => void) | undefined;
  /** Asked before the request leaves, as a request handler asks it. */
  readonly beforeSend?: (() => void) | undefined;
}

/** A call of one client. */
interface Called extends CallOptions {
  readonly service: ServiceName;
  readonly region: string;
  readonly name: string;
  readonly clock: SdkClock | undefined;
}

/** Makes the clients of a region. */
export function simulatedClients(door: InProcessDoor, region: string): SimulatedClients {
  const services = Object.keys(SERVICES) as ServiceName[];
  const clients = services.map((service) => [SERVICES[service].client, simulatedClient(door, service, region)]);
  return Object.fromEntries(clients) as SimulatedClients;
}

/** An object with a method for every operation, created at its first use. */
function simulatedClient(door: InProcessDoor, service: ServiceName, region: string): object {
  const { machineClock, world } = door;
  const clock = machineClock && new SdkClock(machineClock, () => world.now());
  const methods = new Map<string, (input?: unknown, options?: CallOptions) => Promise<unknown>>();
  return new Proxy(
    {},
    {
      get: (_target, property) => {
        if (typeof property !== 'string' || property === 'then') return undefined; // a client is no promise

        const known = methods.get(property);
        if (known) return known;

        const name = property.charAt(0).toUpperCase() + property.slice(1);
        const method = (input: unknown = {}, options: CallOptions = {}) =>
          callInProcess(door, { service, region, name, clock, ...options }, input);
        methods.set(property, method);
        return method;
      },
    },
  );
}

async function callInProcess(
  door: InProcessDoor,
  { service, region, name, clock, onHeaders, beforeSend }: Called,
  given: unknown,
): Promise<unknown> {
  const end = door.world.begin();
  try {
    const model = await serviceModel(service);
    beforeSend?.();
    const requestId = door.requestId();
    const shape = model.operations.get(name) ?? raise(new TypeError(`${service} has no operation ${name}.`));

    /** The client hears of an answer. Whether it has corrected its clock by that. */
    const heard = (atMs = door.world.now()): boolean => {
      const date = httpDate(atMs);
      onHeaders?.({ date, 'x-amzn-requestid': requestId });
      return clock?.correct(Date.parse(date)) ?? false;
    };
    const refuse = (error: ServiceError) => {
      door.gate.record(service, name, errorStatus(model, error));
      const exception = sdkException(model, error, requestId);
      if (heard()) Object.assign(exception.$metadata, { clockSkewCorrected: true });
      return exception;
    };
    const operation = registry.find(service, name);
    if (!operation)
      throw refuse(new ServiceError('NotImplemented', `Postern does not simulate ${name} of ${service}.`, 501));

    let input: unknown;
    try {
      input = codecOf(service).reader(shape.input)(given);
    } catch (error) {
      throw error instanceof Mismatch ? refuse(error.inWords(operation)) : error;
    }
    const problem = clock?.problem();
    if (problem) throw refuse(signatureError(service, problem));

    const caller = door.dispatcher.rootCaller(region);
    const call = { operation, region, caller, input, statusOf: statusIn(model, name), onCall: door.onCall };
    const passed = door.gate.passWhenReady(call);
    const outcome = passed instanceof Promise ? await passed : passed;
    const { output, error, status } = outcome;
    const answeredMs = door.world.now();
    await answerInProcess(outcome, end, (fault) => sufferAsTheSdk(door.world, fault, status));
    heard(answeredMs);
    if (error) throw sdkException(model, error, requestId);

    const $metadata = { httpStatusCode: status, requestId, attempts: 1, totalRetryDelay: 0 };
    return { ...(codecOf(service).writer(shape.output)(output ?? {}) as object), $metadata };
  } finally {
    end();
  }
}

/** The effect of a fault on the answer, as the SDK reports it. */
async function sufferAsTheSdk(world: World, fault: FaultRule, status: number): Promise<void> {
  try {
    await suffer(world, fault);
  } catch (error) {
    if (error instanceof SyntaxError) {
      Object.defineProperty(error, '$response', { value: { statusCode: status, headers: {} } });
    }
    throw Object.assign(error as Error, { $metadata: { attempts: 1, totalRetryDelay: 0 } });
  }
}

/** The exception that the SDK would throw: its own class where the package exports one. */
function sdkException(
  model: ServiceModel,
  error: ServiceError,
  requestId: string,
): Error & { readonly $metadata: object } {
  const status = errorStatus(model, error);
  const modelled = model.errors.get(error.code);
  const $metadata = { httpStatusCode: status, requestId, attempts: 1, totalRetryDelay: 0 };
  const fields = modelled ? (PLAIN.writer(modelled.shape)(error.fields) as object) : {};
  const Exception = modelled?.Exception ?? model.BaseException;
  const name = modelled?.shape.name ?? error.code;
  const capital = modelled?.shape.members.some((member) => member.name === 'Message');
  const $fault = status < 500 ? 'client' : 'server';
  const { message } = error;
  const exception = Exception ? new Exception({ name, message, $metadata, $fault, ...fields }) : new Error(message);
  return Object.assign(exception, {
    name,
    message,
    $metadata,
    $fault,
    ...fields,
    ...(capital ? { Message: message } : {}),
    // EC2's and the other query services' exceptions carry the wire's code
    ...(CODED.has(model.service) ? { Code: error.code } : {}),
  });
}

const CODED: ReadonlySet<ServiceName> = new Set<ServiceName>([
  'ec2',
  'sts',
  'elasticloadbalancingv2',
  'iam',
  'autoscaling',
  'route53',
]);
