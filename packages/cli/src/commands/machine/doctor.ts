import { counted } from '@postern/core/internal/report';
import { isPosternError, type DriverPlace, type Spec } from '@postern/core/internal/library';
import { cloudLines } from '../../doctor/clouds.js';
import { type Line, machineLines, lineText } from '../../doctor/lines.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { placesOf } from '../../links/open-place.js';
import { painter } from '../../output/colors.js';
import { printJson } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { openSession, type Session } from '../../session/open-session.js';
import { providerOf } from '../../session/provider-of.js';
import { regionIn } from '../../session/region-of-environment.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { loadSpecIfAny } from '../../spec/load-spec.js';

/**
 * `postern doctor`: whether this machine, its credentials and their permissions suit what other commands do. Only reads are called.
 * The exit status is 3 where something failed.
 */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.doctor>): Promise<number> {
  const lines: Line[] = [...machineLines(io.env, process.versions.node)];
  const { spec, line } = await readSpec(file, io, options);
  lines.push(line);
  // Credentials are tested also where the rest of the spec is not filled in yet.
  const named = spec ?? (line.status === 'failed' ? await unfinishedSpec(file, io, options) : undefined);
  const { session, lines: simulator } = await openClouds(io, named, options);
  lines.push(...simulator);
  const places = await placesFor(io, named, options);
  if (session !== undefined && places.length > 0)
    lines.push(...(await cloudLines(session, places, spec, await cloudsOf(io))));
  if (places.length === 0 && line.status !== 'failed') lines.push(NO_PLACE);
  io.signal.throwIfAborted(); // calls that were stopped are no finding
  const [failed, warnings] = [numberOf(lines, 'failed'), numberOf(lines, 'warning')];
  if (options.json === true) printJson(io, { lines, failed, warnings });
  else {
    const { columns } = io.stdout;
    for (const one of lines) io.stdout.write(lineText(one, { paint: painter(io), columns }));
    io.stdout.write(`\n${failed} failed, ${counted(warnings, 'warning')}\n`);
  }
  return failed > 0 ? 3 : 0;
}

const NO_PLACE: Line = {
  what: 'credentials',
  status: 'warning',
  message: 'not tested: no region is known',
  remedy: 'Name a spec, or add --region, or set AWS_REGION or ALIBABA_CLOUD_REGION_ID.',
};

async function readSpec(
  file: string | undefined,
  io: Io,
  { provider, region, profile }: OptionsOf<typeof grammar.doctor>,
): Promise<{ readonly spec?: Spec | undefined; readonly line: Line }> {
  const what = 'spec';
  try {
    const loaded = await loadSpecIfAny(file, io, { provider, region, profile, onePlace: true });
    if (loaded === undefined) {
      const message = 'this folder has none: only credentials are tested';
      return { line: { what, status: 'warning', message, remedy: 'Name one, or write one with `postern init`.' } };
    }

    const { spec } = loaded;
    const { project, spec: identity } = spec;
    const parts = [
      counted(Object.keys(spec.links).length, 'link'),
      counted(Object.keys(spec.integrations).length, 'integration'),
    ];
    const named = file ?? spec.places?.('')?.file ?? 'the spec';
    const message = `${named}: project ${project}${identity === undefined ? '' : `, spec ${identity}`}, ${parts.join(', ')}`;
    return { spec, line: { what, status: 'ok', message, details: { version: 1, project, spec: identity } } };
  } catch (error) {
    if (!isPosternError(error)) throw error;

    const { code, message, remedy, place } = error;
    const at =
      place?.line === undefined
        ? ''
        : ` (${place.file ?? ''}:${place.line}${place.column === undefined ? '' : `:${place.column}`})`;
    return { line: { what, status: 'failed', message: `${message}${at}`, remedy, details: { code, place } } };
  }
}

/** A spec in which only values are missing that `postern init` left out. */
async function unfinishedSpec(
  file: string | undefined,
  io: Io,
  { region }: OptionsOf<typeof grammar.doctor>,
): Promise<Spec | undefined> {
  try {
    return (await loadSpecIfAny(file, io, { region, placesOnly: true }))?.spec;
  } catch (error) {
    if (!isPosternError(error)) throw error;

    return undefined;
  }
}

/** The clouds, or the simulator that is named: only that has a line. */
async function openClouds(
  io: Io,
  spec: Spec | undefined,
  { profile, debug }: OptionsOf<typeof grammar.doctor> & CommonOptions,
): Promise<{ readonly session?: Session | undefined; readonly lines: readonly Line[] }> {
  const what = 'simulator';
  try {
    const session = await openSession(io, { debug, spec, profile });
    const { simulator: url } = session;
    if (url === undefined) return { session, lines: [] };

    const message = `${url} answers: every call goes there, none to a cloud`;
    return { session, lines: [{ what, status: 'ok', message, details: { url } }] };
  } catch (error) {
    if (!isPosternError(error)) throw error;

    const { code, message, remedy } = error;
    return { lines: [{ what, status: 'failed', message, remedy, details: { code } }] };
  }
}

/** The accounts and regions of the spec; else those of the options and of the environment. */
async function placesFor(
  io: Io,
  spec: Spec | undefined,
  { provider, region }: OptionsOf<typeof grammar.doctor>,
): Promise<readonly DriverPlace[]> {
  const named = placesOf(spec).filter((place) => provider === undefined || place.provider === provider);
  if (named.length > 0) return named;

  const clouds = await cloudsOf(io);
  const wanted = provider === undefined && region === undefined ? undefined : providerOf(clouds, provider, region);
  return clouds.all.flatMap((cloud) => {
    const found = region ?? regionIn(io.env, cloud);
    if (found === undefined || (wanted ?? cloud.name) !== cloud.name) return [];

    return [{ provider: cloud.name, region: found }];
  });
}

function numberOf(lines: readonly Line[], status: Line['status']): number {
  return lines.filter((line) => line.status === status).length;
}
