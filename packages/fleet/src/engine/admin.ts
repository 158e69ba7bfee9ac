import { jsonIn } from '@postern/core/internal/adapter';
import { PosternError } from '@postern/core/internal/library';
import { engineUrl, VERSION_KEY } from './running-engine.js';
import { unreachable, nameOf, SERVICE, VERSIONED } from './ingress.js';
import type { UnansweredParts } from '../model.js';

/** Before 1.7.5 a frame of HTTP/2 can exhaust the server, and errors do not say whether the engine failed. */
const OLDEST: readonly number[] = [1, 7, 5];

/** The oldest supported server of Restate. */
export const OLDEST_ENGINE = OLDEST.join('.');

/**
 * Refuses an engine that is too old. `admin` is its administration: `http://127.0.0.1:9070`.
 * @throws {PosternError} `ENDPOINT_UNREACHABLE`, `ENGINE_TOO_OLD`
 */
export async function checkEngine(admin: string): Promise<void> {
  const { version } = (await ask(admin, '/version')) as { readonly version?: unknown };
  if (!isOldEnough(String(version))) {
    throw new PosternError(
      'ENGINE_TOO_OLD',
      `the engine at ${engineUrl(admin).url} has version ${String(version)}, and ${OLDEST_ENGINE} is the oldest supported one`,
      { remedy: `Upgrade the server of Restate to ${OLDEST_ENGINE} or newer.` },
    );
  }
}

/** Whether a version is at least the oldest supported one. Text that is not a version is too old. */
export function isOldEnough(version: string): boolean {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  if (numbers.length === 0) return false;

  for (const [at, oldest] of OLDEST.entries()) {
    const number = Number(numbers[at]);
    if (number !== oldest) return number > oldest;
  }
  return true;
}

/** What the engine knows of workers behind one address. */
type Deployment = {
  readonly id: string;
  readonly uri?: string | undefined;
  readonly services: readonly { readonly metadata?: Readonly<Record<string, string>> | undefined }[];
};

/**
 * Registers workers at the engine: all processes behind one address are one deployment. Runs that have begun stay with the
 * deployment that they began on; new ones go to the newest. Workers of the same version may be registered again. Those of another
 * version replace earlier ones at their address only where nothing that has begun there has not ended, since they cannot continue it;
 * `replace`: in any case, for development.
 * @see https://docs.restate.dev/services/versioning
 * @throws {PosternError} as `checkEngine`; `BAD_RESPONSE` where the engine does not reach the workers; `LOCKED` where runs that have
 *   begun need the earlier version
 */
export async function registerWorkers(
  admin: string,
  worker: string,
  { replace = false }: { readonly replace?: boolean | undefined } = {},
): Promise<{ readonly deployment: string }> {
  await checkEngine(admin);
  const uri = new URL(worker).href;
  const { deployments } = (await ask(admin, '/deployments')) as { readonly deployments: readonly Deployment[] };
  const known = deployments.find((one) => one.uri === uri);
  if (known === undefined) return registered(admin, { uri });

  // The list has no metadata.
  const before = versionOf((await ask(admin, `/deployments/${known.id}`)) as Deployment);
  const now = versionOf((await ask(admin, '/deployments', { uri, force: true, dry_run: true })) as Deployment);
  const begun = before === now || replace ? 0 : await countBegun(admin, known.id);
  if (begun > 0) {
    const message = `workers of version ${now} answer at ${uri}, and ${begun} parts of runs have begun there on version ${before}`;
    throw new PosternError('LOCKED', message, {
      remedy: 'Start the new workers at another address, and stop those of the old version when their runs have ended.',
    });
  }

  return registered(admin, { uri, force: true });
}

async function registered(admin: string, body: object): Promise<{ readonly deployment: string }> {
  const { id } = (await ask(admin, '/deployments', body)) as { readonly id: string };
  return { deployment: id };
}

function versionOf({ services }: Deployment): string {
  return services.map(({ metadata }) => metadata?.[VERSION_KEY]).find((one) => one !== undefined) ?? 'unknown';
}

/** How many calls of handlers have begun on a deployment and not ended. */
async function countBegun(admin: string, deployment: string): Promise<number> {
  const query = `select count(*) as begun from sys_invocation_status where pinned_deployment_id = '${deployment}' and status <> 'completed'`;
  const { rows } = (await ask(admin, '/query', { query })) as { readonly rows: readonly { readonly begun: number }[] };
  return rows[0]?.begun ?? 0;
}

/** So often the engine has tried a part of a run before it is shown: two seconds between two attempts. */
const SHOWN_AFTER = 5;

/** The parts of a run that fail again and again at the address of the workers that they began on. */
export async function unansweredParts(admin: string, run: string): Promise<readonly UnansweredParts[]> {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const parts = VERSIONED.map((id) => `starts_with(i.target_service_name, ${text(`${nameOf(id)}-`)})`)

    .join(' or ');
  const beginning = JSON.stringify([run]).slice(0, -1);
  const query = `select d.endpoint as address, count(*) as parts, max(i.last_failure) as message
    from sys_invocation i join sys_deployment d on d.id = i.pinned_deployment_id
    where i.status = 'backing-off' and i.retry_count >= ${SHOWN_AFTER}
      and ((i.target_service_name = ${text(SERVICE.run)} and i.target_service_key = ${text(run)})
        or ((${parts}) and starts_with(i.target_service_key, ${text(`${beginning},`)})))
    group by d.endpoint order by d.endpoint`;
  const { rows } = (await ask(admin, '/query', { query })) as { readonly rows: readonly UnansweredParts[] };
  return rows.map(({ address, parts: count, message }) => ({ address, parts: count, message: message.slice(0, 300) }));
}

async function ask(admin: string, path: string, body?: unknown): Promise<unknown> {
  const { url, headers } = engineUrl(admin);
  const json = { 'content-type': 'application/json', accept: 'application/json', ...headers };
  const sent = body === undefined ? { headers } : { method: 'POST', headers: json, body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(`${url}${path}`, { ...sent, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    throw unreachable(url, error);
  }
  const text = await answer.text();
  const value = answer.ok ? jsonIn(text) : undefined;
  if (value !== undefined) return value;

  const said = text.slice(0, 500);
  throw new PosternError('BAD_RESPONSE', `the engine at ${url} answered ${answer.status} to ${path}: ${said}`, {
    remedy: 'Check that the address is the administration of Restate, and that it reaches the workers.',
  });
}
