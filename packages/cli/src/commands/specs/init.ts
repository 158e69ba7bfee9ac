import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isName, InvalidInputError } from '@postern/core/internal/adapter';
import type { Cloud, FirstParts } from '@postern/core/internal/kinds';
import { regionFault } from '@postern/core/internal/driver';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { partsOf } from '../../init/parts.js';
import { note, printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readFile, STDIN } from '../../process/read-file.js';
import { providerOf } from '../../session/provider-of.js';
import { regionIn } from '../../session/region-of-environment.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { schemaAddressOf, writeSchemaCopy, starterSpec } from '../../spec/starter.js';
import { newSpecIdentity } from '@postern/core/internal/spec';

/** `postern init`: writes a spec with comments. What options do not name is asked for on a terminal, or left to fill in. */
export async function run({
  io,
  args: [file = 'postern.yaml'],
  options,
}: CallOf<typeof grammar.init>): Promise<number> {
  const project = options.project ?? nameFrom(path.basename(io.cwd));
  if (!isName(project)) {
    throw new InvalidInputError('INVALID_INPUT', `--project: ${JSON.stringify(project)} is not a valid name`, {
      remedy: 'Use 1 to 63 ASCII letters, digits, ".", "_" and "-", beginning with a letter or digit.',
    });
  }

  const full = path.resolve(io.cwd, file);
  if (options.force !== true && (await stat(full).catch(() => undefined)) !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `${file} exists`, { remedy: 'Add --force to replace it.' });
  }

  const clouds = await cloudsOf(io);
  const provider = providerOf(clouds, options.provider, options.region, options.link);
  const cloud = clouds.named(provider);
  if (cloud === undefined) throw new TypeError(`no cloud is named ${provider}`); // the choices of the option are those of the set

  const names = cloud.regions;
  const region = options.region ?? regionIn(io.env, cloud) ?? names.example;
  const fault = regionFault(names, region);
  if (fault !== undefined) throw fault;

  const given = await withDocument(io, cloud, partsOf(clouds, cloud, options), options.openapi);
  const isComplete = [given.link ?? given.subnets, given.gateway, given.target].every((one) => one !== undefined);
  const asks = io.canAsk && options.json !== true && options.yes !== true && !isComplete;
  const place = { clouds, cloud, region, project, profile: options.profile };
  const parts = asks ? await (await import('../../init/ask-in-cloud.js')).askInCloud(io, place, given) : given;
  const { writeTextFile } = await import('@postern/core/internal/node');
  const { parseSpec } = await import('@postern/core/internal/spec');
  const spec = newSpecIdentity(project);
  const text = starterSpec({ cloud, project, spec, region, schema: await schemaAddressOf(io, full), parts });
  parseSpec(text, { file, clouds }); // a region that is none is refused before anything is written
  await writeTextFile(full, text, { mode: 0o644 });
  await writeSchemaCopy(io, full);
  if (options.json === true) printJson(io, { file, project, spec });
  else {
    const isFilled = !/^[^#\n]*replace-?me/m.test(text) && parts.target !== undefined;
    printLines(io, `Wrote ${file}. ${isFilled ? 'Check' : 'Fill it in, then check'} it: postern check`);
  }
  return 0;
}

/** The parts with what an OpenAPI document adds: its routes; the link and the target, where it names one and no option does. */
async function withDocument(io: Io, cloud: Cloud, parts: FirstParts, file: string | undefined): Promise<FirstParts> {
  if (file === undefined) return parts;

  const { openApiRoutes } = await import('@postern/core/internal/spec');
  const text = await readFile(io, file);
  const { link, subnets } = parts;
  const { routes, links, targets, left } = openApiRoutes(text, {
    file: file === '-' ? STDIN : file,
    form: cloud.firstSpec?.openApi,
    link,
  });
  if (links.length > 1) {
    throw new InvalidInputError('INVALID_INPUT', `--openapi: ${file} names the links ${links.join(', ')}`, {
      remedy: 'Name one of them with --link: the spec gets the routes of that link.',
    });
  }

  for (const one of left) note(io, one);
  if (parts.target === undefined && targets.length > 1)
    note(io, `${file} names ${targets.length} targets: write them into the spec, and name them at their routes`);
  return {
    ...parts,
    link: link ?? (subnets === undefined ? links[0] : undefined),
    target: parts.target ?? (targets.length === 1 ? targets[0] : undefined),
    routes,
  };
}

/** A folder's name as a project's: `My shop` becomes `My-shop`. */
function nameFrom(folder: string): string {
  const name = folder
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);
  return isName(name) ? name : 'my-project';
}
