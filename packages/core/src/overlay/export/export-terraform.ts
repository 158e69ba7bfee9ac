import { InvalidInputError } from '../../ground/errors.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import { displayText } from '../../ground/text/display.js';
import { hclBlock, HclBlocks, HclExpression, hclName, type HclBody } from '../../ground/text/hcl.js';
import type { Spec } from '../../do/spec.js';
import type { Snapshot, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { ownedBy, type Owned } from './owned.js';
import { planSet, type PlanSet } from '../rows/plan-set.js';
import type { PlansOption, ExportTypes } from '../rows/plans-of-cloud.js';
import type { ExportRow } from '../rows/owned.js';
import { defined } from '../../ground/defined.js';

/** The configuration of one provider. */
interface ProviderPlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly alias: string | undefined;
}

/** The providers of some regions: without an alias where a cloud has one. */
function providersOf(regions: readonly RegionSnapshot[], set: PlanSet) {
  const all = new Map<RegionSnapshot, ProviderPlace>();
  for (const one of regions) {
    const name = set.named(one.provider)?.terraform.provider ?? one.provider;
    const same = regions.filter(({ provider }) => provider === one.provider);
    const twice = same.filter(({ region }) => region === one.region).length > 1;
    const alias = hclName(`${one.region}${twice ? `_${one.account}` : ''}`.replaceAll('-', '_'));
    all.set(one, { name, region: one.region, account: one.account, alias: same.length > 1 ? alias : undefined });
  }
  return {
    all: [...all.values()],
    /** `aws.eu_west_1`. */
    aliasOf: (region: RegionSnapshot): string | undefined => {
      const { name, alias } = all.get(region) ?? {};
      return alias === undefined ? undefined : `${name}.${alias}`;
    },
  };
}

/** The file of the providers. `import` blocks are since Terraform 1.5. */
function providersText(places: readonly ProviderPlace[], resources: string, set: PlanSet): string {
  const names = [...new Set(places.map(({ name }) => name))];
  const sources: HclBody = Object.fromEntries(
    names.map((name) => {
      const { source = '', argumentsSince = [] } = set.of(name)?.terraform ?? {};
      const version = argumentsSince.find(([argument]) => argument.test(resources))?.[1];
      return [name, { source, ...defined({ version }) }];
    }),
  );
  const blocks = [
    hclBlock('terraform', [], { required_version: '>= 1.5', required_providers: new HclBlocks([sources]) }),
    ...places.map(({ name, alias, region, account }) =>
      hclBlock('provider', [name], {
        alias,
        region,
        ...accountsBody(set.of(name)?.terraform.accounts, account),
      }),
    ),
  ];
  return places.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

/** Where a resource has another provider than the default of its cloud. */
const providerArgument = (alias: string | undefined): HclBody =>
  alias === undefined ? {} : { provider: new HclExpression(alias) };

function accountsBody(argument: string | undefined, account: string): HclBody {
  return argument === undefined || account === '' ? {} : { [argument]: [account] };
}

/** Of a cloud whose plans are not given nothing is written. */
const NONE: ExportTypes = { links: {}, routes: {}, targets: {} };

/** One thing with its row. */
interface Exportable<T = unknown> {
  readonly row: ExportRow<T>;
  readonly one: T;
}

/** What of a region becomes a resource, each thing once, in the order of a file. */
function exportables({ region, links, routes, targets, settings }: Owned, set: PlanSet): readonly Exportable[] {
  const types = set.named(region.provider)?.exports ?? NONE;
  const all = [
    ...links.flatMap((one) => [
      ...(one.group === undefined ? [] : of(types.group, { ...one, group: one.group })),
      ...of(types.links[one.link.kind], one),
    ]),
    ...targets.flatMap((one) => of(types.targets[one.target.kind], one)),
    ...routes.flatMap((one) => (types.routes[one.gateway.kind] ?? []).flatMap((row) => of(row, one))),
    ...settings.flatMap((one) => (types.settings?.[one.gateway.kind] ?? []).flatMap((row) => of(row, one))),
  ];
  const seen = new Map(all.toReversed().map((one) => [`${one.row.type} ${one.row.key(one.one)}`, one] as const));
  return all.filter((one) => seen.get(`${one.row.type} ${one.row.key(one.one)}`) === one);
}

const of = <T>(row: ExportRow<T> | undefined, one: T): readonly Exportable[] =>
  row === undefined ? [] : (row.parts?.(one) ?? [one]).map((part) => pair(row, part));

// A row is only ever called with what it is paired with.
const pair = <T>(row: ExportRow<T>, one: T): Exportable => ({ row, one }) as unknown as Exportable;

/** A resource that Terraform can import. */
export interface ExportedResource {
  /** `aws_apigatewayv2_vpc_link.main`. */
  readonly address: string;
  readonly importId: string;
  /** Whether its arguments are written; if not, `terraform plan -generate-config-out` writes them. */
  readonly isWritten: boolean;
}

/** The configuration of Terraform for what a spec owns. */
export interface TerraformExport {
  readonly version: 1;
  /** The text of each file by its name: `providers.tf`, `imports.tf`, `postern.tf`. */
  readonly files: Readonly<Record<string, string>>;
  readonly resources: readonly ExportedResource[];
  /** What Terraform cannot express, or does not exist, a sentence each with its reason. */
  readonly notes: readonly string[];
}

/**
 * Writes what a spec owns as a configuration of Terraform, with an `import` block for each resource: a plan of it
 * imports all and changes nothing. Marks of Postern are left as they are, so that `postern forget` can remove them. Pure.
 *
 * ```ts
 * const { files } = exportTerraform(snapshot, parseSpec(text, { clouds }), { clouds, plans: [plans] });
 * for (const [name, text] of Object.entries(files)) writeFileSync(name, text);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` for a redacted snapshot, one of another place than the spec, or without types.
 */
export function exportTerraform(snapshot: Snapshot, spec: Spec, options: PlansOption & OnClouds): TerraformExport {
  const set = planSet(options);
  if (snapshot.redacted === true)
    throw new InvalidInputError('INVALID_INPUT', 'the snapshot is redacted: IDs in it are masked', {
      remedy: 'Take a snapshot without --redact.',
    });

  const { owned, lacks } = ownedBy(snapshot, spec, options.clouds);
  const places = providersOf(
    owned.map(({ region }) => region),
    set,
  );
  const all = owned.flatMap((one) =>
    exportables(one, set).map((pair) => ({ ...pair, alias: places.aliasOf(one.region) })),
  );
  const addresses = addressesOf(all);
  const ref = (type: string, id: string): HclExpression | string => {
    const address = addresses.byKey.get(`${type} ${id}`);
    return address === undefined ? id : new HclExpression(`${address}.id`);
  };
  const unnamed = new Set(places.all.map(({ name }) => name).filter((name) => set.of(name) === undefined));
  const notes = [
    ...lacks,
    ...[...unnamed].map((name) => `nothing of ${name} is written: \`plans\` has nothing of it`),
    ...new Set(all.flatMap(({ row, one }) => row.note?.(one) ?? [])),
    ...owned.flatMap(notesOf),
  ];
  const resources: ExportedResource[] = [];
  const [imports, written]: [string[], string[]] = [[], []];
  for (const one of all) {
    const { row, one: thing, alias } = one;
    const address = addresses.of.get(one) ?? '';
    const body = row.body?.(thing, { ref });
    if (body !== undefined && 'lacks' in body) {
      notes.push(`${row.type} ${row.importId(thing)}: ${String(body['lacks'])}`);
      continue;
    }

    const [type = '', name = ''] = address.split('.');
    const provider = providerArgument(alias);
    const importId = row.importId(thing);
    resources.push({ address, importId, isWritten: body !== undefined });
    imports.push(
      hclBlock('import', [], {
        ...(body === undefined ? provider : {}),
        to: new HclExpression(address),
        id: importId,
      }),
    );
    if (body !== undefined)
      written.push(hclBlock('resource', [type, name], { ...provider, ...body, ...lifecycle(one) }));
  }
  if (resources.some(({ isWritten }) => !isWritten))
    notes.push(
      'arguments that no snapshot has are not written: `terraform plan -generate-config-out=generated.tf` writes them',
    );
  if (resources.length === 0) notes.push('the spec owns nothing that exists');
  const head = notes.map((one) => `# ${displayText(one)}\n`).join('');
  const files = {
    'providers.tf': providersText(places.all, written.join('\n'), set),
    'imports.tf': imports.length === 0 ? '' : `${imports.join('\n\n')}\n`,
    'postern.tf': `${head}${head === '' || written.length === 0 ? '' : '\n'}${written.length === 0 ? '' : `${written.join('\n\n')}\n`}`,
  };
  return {
    version: 1,
    files: Object.fromEntries(Object.entries(files).filter(([, text]) => text !== '')),
    resources,
    notes,
  };
}

/** The address of each thing: names of one type are each there once. */
function addressesOf<T extends Exportable>(all: readonly T[]) {
  const taken = new Set<string>();
  const of = new Map<T, string>();
  const byKey = new Map<string, string>();
  for (const one of all) {
    const { row, one: thing } = one;
    const name = hclName(row.name(thing));
    let address = `${row.type}.${name}`;
    for (let count = 2; taken.has(address); count += 1) address = `${row.type}.${name}_${count}`;
    taken.add(address);
    of.set(one, address);
    byKey.set(`${row.type} ${row.key(thing)}`, address);
  }
  return { of, byKey };
}

function lifecycle({ row, one }: Exportable): HclBody {
  const ignored = row.ignored?.(one) ?? [];
  const body: HclBody = {
    ...(row.protect === true ? { prevent_destroy: true } : {}),
    ...(ignored.length === 0 ? {} : { ignore_changes: ignored.map((path) => new HclExpression(path)) }),
  };
  return Object.keys(body).length === 0 ? {} : { lifecycle: new HclBlocks([body]) };
}

/** What of a region a configuration does not have. */
function notesOf({ links, stages }: Owned): readonly string[] {
  return [
    ...links
      .filter(({ listsElsewhere }) => listsElsewhere)
      .map(
        ({ name, link }) =>
          `the allowlist of link ${name} (${link.id}) is not written: its entries have no resource that can be imported by what a snapshot has`,
      ),
    ...stages.map(
      ({ gateway, stage }) =>
        `stage ${stage.name} of ${gateway.id} is deployed on request: deployments are not written, so deploy after a change of a route`,
    ),
  ];
}
