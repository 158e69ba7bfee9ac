import { InvalidInputError } from '@postern/core/internal/library';
import { countedCheck, type Check, type LinkView } from '@postern/core/internal/check';
import { ruleText } from '@postern/core/internal/report';
import { z } from 'zod';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { snapshotOf, specOf } from '../scope.js';
import { READS, tool } from '../tool.js';

const output = z.object({
  heading: z.string(),
  name: z.string(),
  id: z.string().optional(),
  state: z.string(),
  provider: z.string(),
  region: z.string(),
  account: z.string(),
  network: z.string().optional(),
  subnets: z.array(
    z.object({
      id: z.string(),
      cidr: z.string().optional(),
      zone: z.string().optional(),
      table: z.string().optional(),
    }),
  ),
  groups: z.array(z.object({ id: z.string(), rules: z.array(z.string()), more: z.number() })),
  integrations: z.array(z.object({ name: z.string(), routes: z.array(z.string()), targets: z.array(z.string()) })),
});

export const inspect = tool({
  name: 'inspect',
  title: 'Inspect a link',
  description:
    'Shows a link as it is now: state, subnets, route tables, security groups and their rules, integrations.',
  input: z.object({ link: z.string().max(200).describe('Name in the spec') }),
  output,
  hints: READS,
  run: async ({ link: name }, call) => {
    const { spec, clouds } = await specOf(call);
    if (!Object.hasOwn(spec.links, name))
      throw new InvalidInputError('UNKNOWN_REFERENCE', `the spec has no link ${JSON.stringify(name)}`, {
        remedy: `Write one of those it has: ${Object.keys(spec.links).slice(0, 10).join(', ')}.`,
      });

    const taken = await snapshotOf(call, spec);
    const views: LinkView[] = [];
    countedCheck(taken.snapshot, spec, { clouds, checks: [collecting(views)], passes: false, sorted: true });
    const view = views.find((one) => one.name === name);
    const data = { heading: headingOf(taken), name, ...factsOf(view) };
    const used = Object.entries(spec.integrations).filter(([, { link }]) => link === name);
    const integrations = used.map(([one, { routes, targets }]) => ({
      name: one,
      routes: Object.keys(routes),
      targets: Object.keys(targets),
    }));
    return { data: { ...data, integrations }, lines: linesOf({ ...data, integrations }) };
  },
});

/** A check of one's own has the links of the spec, as they were resolved for the others. */
function collecting(views: LinkView[]): Check {
  const about = 'Collects links.';
  return {
    id: 'inspect/links',
    title: about,
    about,
    severity: 'note',
    sources: [],
    run: ({ links }) => {
      views.push(...links);
      return [];
    },
  };
}

const MOST_RULES = 25;

function factsOf(view: LinkView | undefined): Omit<z.input<typeof output>, 'heading' | 'name' | 'integrations'> {
  const region = view?.region.region;
  const link = view?.link ?? view?.likely;
  const state = link?.state ?? (view?.unseen === undefined ? 'absent' : `unknown: ${view.unseen.what} was not read`);
  return {
    id: link?.id,
    state,
    provider: region?.provider ?? '',
    region: region?.region ?? '',
    account: region?.account ?? '',
    network: view?.networkId,
    subnets: (view?.subnetIds ?? []).map((id) => {
      const subnet = region?.subnets.find((one) => one.id === id);
      return { id, cidr: subnet?.cidrBlock, zone: subnet?.zone, table: subnet?.routeTableId };
    }),
    groups: (view?.securityGroupIds ?? []).map((id) => {
      const rules = region?.securityGroups.find((one) => one.id === id)?.rules ?? [];
      const shown = rules.slice(0, MOST_RULES);
      return { id, rules: shown.map(ruleText), more: rules.length - shown.length };
    }),
  };
}

function linesOf(facts: z.input<typeof output>): readonly string[] {
  const { heading, name, id, state, network, subnets, groups, integrations } = facts;
  return [
    heading,
    '',
    `link ${name}: ${id ?? 'no ID'}, ${state}, network ${network ?? 'unknown'}`,
    ...subnets.map((one) => `  subnet ${one.id} ${one.cidr ?? ''} ${one.zone ?? ''} ${one.table ?? ''}`.trimEnd()),
    ...groups.flatMap((group) => [
      `  security group ${group.id}`,
      ...group.rules.map((one) => `    ${one}`),
      ...(group.more > 0 ? [`    and ${group.more} more`] : []),
    ]),
    ...integrations.map((one) => `  integration ${one.name}: ${one.routes.join(', ')}`),
  ];
}
