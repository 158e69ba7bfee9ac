import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { LinkKind, Link } from '../../do/model/link.js';
import type { Gateway } from '../../do/model/gateway.js';
import { specIdOf } from '../../do/forms/text-rules.js';
import { mayChange, PROJECT_TAG } from '../../do/model/marks.js';
import type { LinkRef } from '../../do/model/reference.js';
import { alikeGaps } from '../../do/findings/alike-gaps.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { linkOwner } from '../../do/world/resolve/link-identity.js';
import { believedLinks } from '../../do/world/resolve/own-link.js';
import { mappingsTo } from '../../do/world/routes/custom-domains.js';
import { displayText } from '../../ground/text/display.js';
import { escapeVariables } from '../parse/environment.js';
import { cloudName, tagKey, tagValue } from '../schema/fields.js';
import type { SpecInput } from '../schema/spec-schema.js';
import { allowInput, fits, byId, coveredTwice, externalLink, partsInput, place, Names } from './link-input.js';
import { SecretVariables } from './secret-variables.js';
import { IntegrationWriter } from './integration-writer.js';
import type { WrittenIntegration, WrittenLink } from './declared-settings.js';
import { yamlText } from './yaml-text.js';

/** Which parts of a snapshot become a spec, and its owner. */
export interface SpecFromSnapshotOptions {
  /**
   * The project of the spec. Resources with its marks are declared as managed, all others as `owner: external`.
   */
  readonly project: string;
  /** The identity of the spec; by default made from `project`. What carries another one is declared as `owner: external`. */
  readonly spec?: string | undefined;
  /**
   * Only what uses links with these IDs. All by default. Such a spec needs its own identity: with the
   * identity of an existing spec, its plan would delete everything that the text leaves out.
   */
  readonly links?: readonly string[] | undefined;
  /**
   * Whether links and routes without a mark are declared so that the next apply adopts them: links by ID alone, and
   * integrations with `adopt: true`.
   */
  readonly adopt?: boolean | undefined;
  /** The clouds that the spec may name. */
  readonly clouds: Clouds;
  /** Address of the JSON Schema, for editors. */
  readonly schema?: string | undefined;
  /** What the snapshot was made from, where it was not read from a cloud: `state.json`. */
  readonly source?: string | undefined;
  /** What could not be read into the snapshot, a sentence each. */
  readonly left?: readonly string[] | undefined;
  /** What a reader must know of the snapshot, a sentence each. */
  readonly notes?: readonly string[] | undefined;
}

/**
 * Writes the spec of the current state, as YAML: its links, and every route that uses one of them. A resource
 * that the project does not manage is marked `owner: external`, so that the plan of the text is empty. What a
 * spec cannot express yet is listed in comments at the top.
 *
 * ```ts
 * writeFileSync('postern.yaml', specFromSnapshot(snapshot, { project: 'shop', clouds }));
 * ```
 */
export function specFromSnapshot(snapshot: Snapshot, options: SpecFromSnapshotOptions): string {
  const { spec, head } = writtenSpec(snapshot, options);
  return `${head.map((line) => `# ${line}\n`).join('')}${yamlText(spec)}`;
}

/** Those of {@link specFromSnapshot}, and whether what a plan refuses is written, too. */
interface WrittenSpecOptions extends SpecFromSnapshotOptions {
  readonly judged?: boolean | undefined;
}

/** The spec of {@link specFromSnapshot} as a value, and the lines of comments above its text. */
export function writtenSpec(
  snapshot: Snapshot,
  options: WrittenSpecOptions,
): { readonly spec: SpecInput; readonly head: readonly string[] } {
  const writer = new Writer(options);
  for (const region of snapshot.regions) writer.region(region);
  const spec: SpecInput = {
    version: 1,
    project: options.project,
    spec: writer.spec,
    links: Object.fromEntries(writer.links),
    integrations: Object.fromEntries(writer.integrations),
  };
  const head = [
    ...(options.schema === undefined ? [] : [`yaml-language-server: $schema=${displayText(options.schema)}`]),
    options.source === undefined
      ? `What was there at ${displayText(snapshot.takenAt)}.`
      : `What there is according to ${displayText(options.source)}.`,
    ...partNote(options),
    ...[...(options.left ?? []), ...writer.left].map((line) => `Left out: ${displayText(line)}`),
    ...[...(options.notes ?? []), ...writer.notes].map((line) => `Note: ${displayText(line)}`),
  ];
  return { spec, head };
}

/** Why a spec of a part is not the spec that its resources belong to. */
function partNote({ links }: SpecFromSnapshotOptions): readonly string[] {
  if (links === undefined) return [];

  return [
    `Only what uses ${displayText(links.join(', '))} was imported. What another spec owns is \`owner: external\`:`,
    'with the identity of that spec, the plan of this file would delete all that the file leaves out.',
  ];
}

class Writer {
  readonly links = new Map<string, WrittenLink>();
  readonly integrations = new Map<string, WrittenIntegration>();
  /** What could not be written, as text. */
  readonly left: string[] = [];
  /** What a reader of the spec must know besides, as text. */
  readonly notes: string[] = [];
  readonly secrets: SecretVariables;
  readonly #linkNames = new Names();
  readonly integrationNames = new Names();

  readonly project: string;
  readonly only: readonly string[] | undefined;
  readonly spec: string;
  readonly adopt: boolean;
  readonly judged: boolean;
  readonly clouds: Clouds;

  constructor({ project, links, spec = specIdOf(project), adopt = false, judged = false, clouds }: WrittenSpecOptions) {
    this.project = project;
    this.only = links;
    this.spec = spec;
    this.adopt = adopt;
    this.judged = judged;
    this.secrets = new SecretVariables(this.notes, judged);
    this.clouds = clouds;
  }

  region(region: RegionSnapshot): void {
    if (this.clouds.named(region.provider) === undefined) {
      this.left.push(`all of ${region.provider} in ${region.region}: a spec cannot name this provider`);
      return;
    }

    const names = new Map<string, string>();
    const own = this.#ownLinks(region);
    const isOwn = ({ id }: Link): boolean => own.has(id);
    const wanted = region.links.filter(({ id }) => this.only?.includes(id) ?? true);
    // Managed links come first: their names are given by their marks, and must not be used for others.
    const rank = (link: Link): number => (isOwn(link) ? Number(link.state === 'failed') : 2);
    const links = wanted.toSorted((a, b) => rank(a) - rank(b));
    const declared = new Set<string | undefined>();
    for (const link of links) {
      const isOurs = isOwn(link);
      if (link.state === 'deleting' || (link.state === 'failed' && !isOurs)) {
        this.left.push(`link ${link.id} (${link.name}) is ${link.state}`);
        continue;
      }

      // Left out, it would be deleted; declared as managed, it would be repaired or replace the other link
      // with its name.
      const kept = isOurs && (link.state === 'failed' || declared.has(link.owner?.integration));
      if (kept)
        this.left.push(`the mark of link ${link.id} (${link.name}, ${link.state}): \`owner: external\` keeps the link`);
      else if (isOurs) declared.add(link.owner?.integration);
      const name = isOurs
        ? this.#linkNames.take(link.owner?.integration ?? '')
        : this.#linkNames.free(link.name, link.id);
      names.set(keyOf(link), name);
      const isAdopted = this.adopt && link.owner === undefined && link.tags[PROJECT_TAG] === undefined;
      const written = isAdopted
        ? { ...place(region), ...byId(link, region, this.clouds) }
        : externalLink(link, region, this.clouds);
      this.links.set(name, isOurs && !kept ? this.#ourLink(link, name, region) : (written as WrittenLink));
    }
    for (const gap of alikeGaps(region.gaps)) this.left.push(`${gap.what} (${gap.operation}: ${gap.code})`);
    const writer = new IntegrationWriter(this, region, this.clouds, (gateway, id) =>
      linkOf(names, this.clouds.gateway(gateway.kind).links, id),
    );
    for (const gateway of region.gateways) {
      writer.gateway(gateway);
      this.#domains(region, gateway);
    }
  }

  /** A spec does not name custom domains: a reader of it learns which lead to its gateways. */
  #domains({ customDomains = [] }: RegionSnapshot, { id, name }: Gateway): void {
    if (![...this.integrations.values()].some(({ gateway }) => Object.values(gateway).includes(id))) return;

    for (const { domain, mapping } of mappingsTo(customDomains, id)) {
      const stage = mapping.stage === undefined ? '' : ` (stage ${mapping.stage})`;
      this.notes.push(`custom domain ${domain.id}/${mapping.path} leads to gateway ${id} (${name})${stage}`);
    }
  }

  /** The IDs of the links that a plan takes for the project's: not those whose mark was copied, or lost its hash. */
  #ownLinks(region: RegionSnapshot): ReadonlySet<string> {
    const marked = region.links.filter(({ owner, state }) => owner?.project === this.project && state !== 'deleting');
    const names = new Set(marked.flatMap(({ owner }) => owner?.integration ?? []));
    const own = [...names]
      .map((name) => marked.filter(({ owner }) => owner?.integration === name))
      .flatMap((links) => believedLinks(region, links, this.project))
      .filter((link) => mayChange(linkOwner(region, link), this));
    return new Set(own.map(({ id }) => id));
  }

  #ourLink(link: Link, name: string, region: RegionSnapshot): WrittenLink {
    const allowlist = region.allowlists.find((one) => one.linkId === link.id && one.owned);
    const groups = link.securityGroupIds.filter((id) => id !== allowlist?.securityGroupId);
    const tags: [string, string][] = [];
    for (const [key, value] of Object.entries(link.tags)) {
      if (!this.clouds.ownTagKey.pattern.test(key)) continue;

      if (fits(tagKey, key) && fits(tagValue, value)) tags.push([key, this.secrets.written('tag', key, value)]);
      else this.left.push(`tag ${key} of link ${link.id}: it has unprintable characters`);
    }
    const named = link.name !== name && fits(cloudName, link.name);
    if (link.name !== name && !named)
      this.left.push(`name of link ${link.id}: it has characters beyond printable ASCII`);
    const found = allowlist && allowInput(region, this.clouds, link, allowlist.entries);
    const isOfBlocks = this.clouds.link(link.kind).allowlist === 'accessible blocks';
    const twice = isOfBlocks ? coveredTwice(allowlist?.entries ?? []) : undefined;
    // Declared, it would be refused; without a list, the link's allowlist is not changed.
    if (twice !== undefined) this.left.push(`the allowlist of link ${link.id}: ${twice}`);
    const allowed = twice === undefined ? found : undefined;
    return {
      ...place(region),
      ...(named ? { name: escapeVariables(link.name) } : {}),
      // A link that cannot be recreated from the known facts is given by its ID.
      ...(partsInput(link, groups, region, this.clouds) ?? byId(link, region, this.clouds)),
      ...(allowed ? { allowlist: allowed } : {}),
      ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
    } as WrittenLink;
  }
}

/** The link that routes of a gateway name by an ID: of a kind that such routes can use. */
function linkOf(
  names: ReadonlyMap<string, string>,
  kinds: readonly LinkKind[],
  id: string | undefined,
): string | undefined {
  if (id === undefined) return undefined;

  for (const kind of kinds) {
    const name = names.get(keyOf({ kind, id }));
    if (name !== undefined) return name;
  }
  return undefined;
}

function keyOf({ kind, id }: LinkRef): string {
  return `${kind} ${id}`;
}
