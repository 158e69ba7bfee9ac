import { routeLines, type Cloud, type FirstParts } from '@postern/core/internal/kinds';
import { flow, startsFrom } from '../init/parts.js';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { JOURNAL_FOLDER } from '../apply/journal.js';
import { makeFolder } from '../output/files.js';
import { cloudsOf } from './brought-clouds.js';
import type { Io } from '../process/io.js';

/** The spec that `postern init` writes: complete except for the IDs, with an explanation at each key. */
export function starterSpec({
  cloud,
  project,
  spec,
  region,
  schema,
  parts = {},
}: {
  cloud: Cloud;
  project: string;
  spec: string;
  region: string;
  schema: string;
  parts?: FirstParts;
}): string {
  return `# yaml-language-server: $schema=${schema}
version: 1

# The project that owns the resources. Each of them carries it as a tag in the cloud; no others are ever changed.
project: ${project}
# The identity of this spec. It is part of the marks, too: another spec of the project never changes what this one created.
# Give every spec its own, and never change it. A copy of this file needs a new one: with this one, applying the copy deletes
# what is declared here and not there.
spec: ${spec}

defaults:
  region: ${region}
  # tags: { team: payments }

${(cloud.firstSpec?.write ?? ((given) => plainSpec(cloud, given)))(parts)}`;
}

/** Of a cloud that brings no text: what its value shows. */
function plainSpec(cloud: Cloud, { link, subnets, gateway, target, routes }: FirstParts): string {
  const { name, network, ids, links, gateways, targets } = cloud;
  const [kind] = Object.values(links).filter(({ createdOn }) => createdOn === name);
  const [firstGateway] = Object.values(gateways);
  const [key = ''] = kind?.targets ?? [];
  const { examples: [example] = [], hasPort } = targets[key] ?? {};
  const idOf = (prefix: string | undefined) => (prefix === undefined ? 'replaceme' : `${prefix}-replaceme`);
  const isNew = link === undefined && startsFrom(cloud) === undefined;
  return `# A link carries calls from a gateway into a network (a VPC).
links:
  main:
    provider: ${name}
    # account: ${network.account.example}   # checked before anything else
    ${isNew ? `subnets: ${flow(subnets ?? [idOf(ids.subnet)])}` : `id: ${link ?? idOf(kind?.idPrefix)}`}

# An integration connects routes of a gateway through a link to targets. The gateway itself is never created or deleted.
integrations:
  orders:
    link: main
    gateway: ${gateway ?? flow({ [firstGateway?.ref ?? '']: 'replaceme' })}
    targets:
      orders: ${target ?? flow({ [key]: example ?? 'replaceme', ...(hasPort === true && { port: 8080 }) })}
${routeLines(routes, 'ANY /orders')}`;
}

/** Where npm puts the schema of a project's own copy. */
const INSTALLED = './node_modules/@postern/core/schema/spec.json';

/** Where a copy is put beside a spec. */
const COPY = 'spec.schema.json';

/** Journals stay out of git. The copy of the schema is for all editors of the spec. */
const IGNORED = `*\n!.gitignore\n!${COPY}\n`;

/**
 * The JSON Schema in the form in which a spec in the current folder names it for editors. Undefined where
 * postern is not installed in that folder.
 */
export async function schemaAddress(io: Io): Promise<string | undefined> {
  const found = await stat(path.resolve(io.cwd, INSTALLED)).catch(() => undefined);
  return found?.isFile() ? INSTALLED : undefined;
}

/** Where a spec names the schema: the installed one, or the copy that {@link writeSchemaCopy} writes. */
export async function schemaAddressOf(io: Io, spec: string): Promise<string> {
  const installed = await schemaAddress(io);
  if (installed === undefined) return `./${JOURNAL_FOLDER}/${COPY}`;

  // As seen from the spec's folder, with slashes on every system.
  return `./${path.relative(path.dirname(spec), path.resolve(io.cwd, installed)).split(path.sep).join('/')}`;
}

/**
 * Writes a copy of the schema beside a spec where postern is not installed there: it may be installed for
 * the whole machine.
 */
export async function writeSchemaCopy(io: Io, spec: string): Promise<void> {
  if ((await schemaAddress(io)) !== undefined) return;

  const [{ specJsonSchema }, clouds] = await Promise.all([import('@postern/core/internal/spec'), cloudsOf(io)]);
  const { writeTextFile } = await import('@postern/core/internal/node');
  const folder = path.join(path.dirname(spec), JOURNAL_FOLDER);
  await makeFolder('the copy of the schema', folder, io.cwd, 0o700);
  await writeTextFile(path.join(folder, COPY), `${JSON.stringify(specJsonSchema(clouds), undefined, 2)}\n`, {
    mode: 0o644,
  });
  await writeTextFile(path.join(folder, '.gitignore'), IGNORED, { mode: 0o644 });
}
