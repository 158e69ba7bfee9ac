import { defined } from '../../ground/defined.js';
import { hclBlock, HclBlocks, HclExpression, hclName, type HclBody } from '../../ground/text/hcl.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { PlanSet } from '../rows/plan-set.js';

/** The configuration of one provider. */
export interface ProviderPlace {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly alias: string | undefined;
}

/** The providers of some regions: without an alias where a cloud has one. */
export function providersOf(regions: readonly RegionSnapshot[], set: PlanSet) {
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
export function providersText(places: readonly ProviderPlace[], resources: string, set: PlanSet): string {
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
export const providerArgument = (alias: string | undefined): HclBody =>
  alias === undefined ? {} : { provider: new HclExpression(alias) };

function accountsBody(argument: string | undefined, account: string): HclBody {
  return argument === undefined || account === '' ? {} : { [argument]: [account] };
}
