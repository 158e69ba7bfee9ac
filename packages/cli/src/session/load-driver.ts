import {
  InvalidInputError,
  isPosternError,
  PosternError,
  UnsupportedError,
  type Driver,
  type DriverPlace,
  type Simulator,
  thrownText,
  simulatorAt,
} from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { waitDuring, type ProgramWaits } from '../process/program-waits.js';
import { broughtClouds, cloudsOf } from '../spec/brought-clouds.js';
import { ABILITIES } from '@postern/core/internal/driver';
import { loopbackOrigin } from '@postern/core/internal/adapter';

/** Loads an adapter. `profile` is the profile of the command line, where the place names none. */
type Load = (
  place: DriverPlace,
  simulator: Simulator | undefined,
  profile?: string,
  /** What the trust policy of the role of the place requires. */
  externalId?: string,
) => Promise<Driver>;

const ADAPTERS: ReadonlyMap<string, Load> = new Map([
  ['aws', loadAws],
  ['alibaba', loadAlibaba],
]);

/**
 * The driver of a place's cloud: the adapter of the command, or what a program brings.
 * @throws {InvalidInputError} `NO_DRIVER`; {UnsupportedError}; {PosternError} `BAD_DRIVER` where the program's function `driver` throws
 */
export async function loadDriver(
  io: Io,
  ...[place, simulator, profile, externalId]: Parameters<Load>
): Promise<Driver> {
  const { provider } = place;
  const drivers = (await broughtClouds(io))?.drivers;
  const own = drivers?.get(provider);
  if (own !== undefined) return opened(io, provider, () => own(place, { externalId }));

  const load = ADAPTERS.get(provider);
  if (load !== undefined) return load(place, simulator, profile, externalId);

  throw new InvalidInputError('NO_DRIVER', `no adapter is loaded for ${provider}`, {
    remedy: drivers?.has(provider)
      ? 'Export the driver beside the value of the cloud: { cloud, driver: (place) => driverOf({ … }) }.'
      : (await cloudsOf(io)).howToAdd(provider),
  });
}

/** The driver that a program makes. An exception there is a defect of the program. */
async function opened(io: Io, provider: string, make: () => Driver | Promise<Driver>): Promise<Driver> {
  const what = `the function driver of ${provider}`;
  try {
    return driverWithWaits(await waitDuring(io.waits, { what, code: 'BAD_DRIVER' }, make), io.waits);
  } catch (cause) {
    if (isPosternError(cause)) throw cause;

    throw new PosternError('BAD_DRIVER', `${what} failed: ${thrownText(cause)}`, { cause, details: { provider } });
  }
}

async function loadAws(
  { region, account, profile, assumeRole }: DriverPlace,
  simulator: Simulator | undefined,
  fallback?: string,
  externalId?: string,
): Promise<Driver> {
  const { aws } = await import('@postern/aws');
  if (simulator) return aws({ region, account, simulator });

  return aws({ region, account, profile: profile ?? fallback, assumeRole: roleOf(assumeRole, externalId) });
}

/**
 * Credentials come from the same sources as in Alibaba Cloud's own tools. A profile cannot be chosen here: one for all links is meant
 * for those of AWS.
 */
async function loadAlibaba(
  place: DriverPlace,
  simulator: Simulator | undefined,
  _fallback?: string,
  externalId?: string,
): Promise<Driver> {
  const options = alibabaOptions(place, simulator, externalId);
  const { alibaba } = await import('@postern/alibaba');
  return alibaba(options);
}

/** What a place of Alibaba Cloud is opened with. @throws {UnsupportedError} for a profile */
export function alibabaOptions(
  { region, account, profile, assumeRole }: DriverPlace,
  simulator: Simulator | undefined,
  externalId: string | undefined,
) {
  if (profile !== undefined) {
    throw new UnsupportedError('the adapter for alibaba accepts no profile', {
      remedy: 'Name the profile in ALIBABA_CLOUD_PROFILE.',
    });
  }

  return simulator ? { region, account, simulator } : { region, account, assumeRole: roleOf(assumeRole, externalId) };
}

/** A role, with what its trust policy requires. */
function roleOf(roleArn: string | undefined, externalId: string | undefined) {
  return roleArn === undefined || externalId === undefined ? roleArn : { roleArn, externalId };
}

type Members = Readonly<Record<string, unknown>>;

/** The members of a driver that are groups of functions. */
const GROUPS: readonly (keyof Driver)[] = ['links', 'targets', 'routes', ...ABILITIES];

/** A driver of a program: `waits` knows which of its functions has not answered. */
function driverWithWaits(driver: Driver, waits: ProgramWaits | undefined): Driver {
  if (waits === undefined) return driver;

  const noted = (members: Members, path: string): Members =>
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const wait = { what: `\`${path}${name}\` of the driver of ${driver.provider}`, code: 'BAD_DRIVER' } as const;
        if (typeof member !== 'function') return [name, member];

        return [
          name,
          (...args: readonly unknown[]): unknown => {
            // It may end the process before it returns.
            const end = waits.begin(wait);
            let answer: unknown;
            try {
              answer = Reflect.apply(member, members, args);
            } finally {
              if (!(answer instanceof Promise)) end();
            }
            return answer instanceof Promise ? answer.finally(end) : answer;
          },
        ];
      }),
    );
  const groups = GROUPS.flatMap((name) => {
    const group = driver[name] as Members | undefined;
    return typeof group !== 'object' ? [] : [[name, noted(group, `${name}.`)] as const];
  });
  return { ...noted(driver as unknown as Members, ''), ...Object.fromEntries(groups) } as unknown as Driver;
}

/**
 * The simulator that `POSTERN_SIMULATOR` names, if it is set. Only this machine's loopback addresses are
 * accepted, so that a forgotten variable cannot send real specs to another host. An empty value is refused:
 * a script whose own variable is unset would call the real cloud.
 * @throws {InvalidInputError} `INVALID_INPUT` for any other address, and for none. {PosternError}
 * `ENDPOINT_UNREACHABLE`, `BAD_RESPONSE`.
 */
export async function findSimulator(io: Io): Promise<Simulator | undefined> {
  const text = io.env['POSTERN_SIMULATOR'];
  if (text === undefined) return undefined;

  const url = loopbackOrigin(text);
  if (url === undefined) throw notLoopback(text);

  io.stderr.write(`*** SIMULATOR: every call goes to ${url}, none to a cloud ***\n`);
  try {
    return await simulatorAt(url);
  } catch (error) {
    if (!isPosternError(error, 'ENDPOINT_UNREACHABLE')) throw error;

    const remedy = 'Start it with `postern simulate`, or unset POSTERN_SIMULATOR.';
    throw new PosternError(error.code, error.message, { cause: error.cause, remedy });
  }
}

function notLoopback(text: string): InvalidInputError {
  const whole = `http://${text}`;
  const lacksScheme = !text.includes('//') && loopbackOrigin(whole) !== undefined;
  const message =
    text === ''
      ? 'POSTERN_SIMULATOR is empty'
      : `POSTERN_SIMULATOR ${lacksScheme ? 'lacks http://' : 'is not an address of this machine'}`;
  const remedy = `Write ${lacksScheme ? whole : 'it as in http://127.0.0.1:4010'}, or unset it.`;
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
