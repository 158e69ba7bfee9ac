// docs/planner.md: the options, quotas and prices that `postern advise` and `postern quotas` compare with, from the values of the clouds.
import { moduleOf } from './module-of.mjs';

/** The clouds, and what the planner knows of them. */
function tables() {
  return moduleOf(
    'cli',
    `import { cloud as awsCloud } from '@postern/aws/cloud';
        import { cloud as alibabaCloud } from '@postern/alibaba/cloud';
        import { clouds } from '@postern/core';
        export const CLOUDS = clouds([awsCloud, alibabaCloud]);
        import { planner as aws } from '@postern/aws/planner';
        import { planner as alibaba } from '@postern/alibaba/planner';
        export const PLANNERS = [aws, alibaba];
        export * from '../../alibaba/src/cloud-native/cloud/types.ts';
        export { isAdjustable } from '../../core/src/do/kinds/quota.ts';
        export { filledFormula, valueOf } from '../../core/src/planner/cloud/formula.ts';
        export { FEATURES } from '@postern/core/internal/planner';
        export * as REASONS from '../../core/src/planner/judge/reasons.ts';`,
  );
}

const number = (value) => value.toLocaleString('en-US');
const SIGNS = { yes: 'yes', no: 'no', unknown: '[U]' };
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function tierText({ per, tiers }) {
  return (
    tiers.map(({ upTo, usd }) => `${usd}${upTo === undefined ? '' : ` up to ${number(upTo)}`}`).join(', ') +
    ` per ${per}`
  );
}

/** The tables at the end of docs/planner.md as they should be. */
export function optionsPage() {
  const {
    CLOUD_NATIVE_TYPES,
    CLOUD_NATIVE_PRICES_FROM,
    CLOUD_NATIVE_PRICES_OF,
    CLOUD_NATIVE_CAPACITY_FROM,
    FEATURES,
    REASONS,
    PLANNERS,
    CLOUDS,
    isAdjustable,
    filledFormula,
    valueOf,
  } = tables();
  const all = PLANNERS.flatMap(({ cloud, options }) => options.map((one) => ({ cloud, ...one })));
  const [{ quotasReadOn }] = CLOUDS.all;
  const { prices: listed } = PLANNERS.find(({ prices }) => prices !== undefined);
  const options = all.map((one) => [
    `\`${one.id}\``,
    one.title,
    one.hops.join(', ') || 'none',
    one.routesDeployAlone ? 'each route' : 'all of an API',
  ]);
  const features = all.map((one) => [`\`${one.id}\``, ...FEATURES.map((feature) => SIGNS[one.features[feature]])]);
  const ceilings = all.flatMap((one) =>
    one.ceilings.map(({ when, formula }) => [
      `\`${one.id}\``,
      when,
      `\`${formula}\``,
      number(
        valueOf(
          filledFormula(
            formula,
            (name) => CLOUDS.all.find((cloud) => cloud.name === one.cloud)?.quotas?.[name]?.byDefault,
          ),
        ),
      ),
    ]),
  );
  const every = CLOUDS.all.flatMap((cloud) => Object.values(cloud.quotas ?? {}));
  const quotas = every.map((one) => [
    `\`${one.name}\``,
    one.what,
    number(one.byDefault),
    one.code ?? (isAdjustable(one) ? 'by request' : 'fixed'),
    one.grows,
    `[page](${one.source})${one.uncertain ? ' [U]' : ''}`,
  ]);
  const prices = Object.entries(listed.table).map(([name, price]) => [
    `\`${name}\``,
    tierText(price),
    `[page](${price.source})${price.secondHand ? ' [U]' : ''}`,
  ]);
  const codes = (texts) =>
    Object.keys(texts)
      .map((code) => `\`${code}\``)
      .join(', ');
  return `<!-- Written from here on by \`node scripts/check-docs.mjs --write\` from \`planner\` and the quotas of each cloud. -->

## Options

[U] marks what no page of the provider says, or what was read on the page of a third party.

${table(['option', 'what it is', 'hops behind the link', 'a deployment publishes'], options)}

## Features

${table(['option', ...FEATURES.map((one) => `\`${one}\``)], features)}

## Reasons

Each reason of \`postern advise\` has a code. Its meaning never changes. Sentences may change.

${table(
  ['verdict', 'codes'],
  [
    ['the option does not fit', codes(REASONS.EXCLUDED)],
    ['unknown', codes(REASONS.OPEN)],
    ['what must be known of it', codes({ ...REASONS.NOTED, ...REASONS.RANKED })],
  ],
)}

## Ceilings

The most services by the default quotas.

${table(['option', 'where', 'formula', 'services'], ceilings)}

## Quotas

Read on ${quotasReadOn}. Checks, plans, \`postern quotas\` and \`postern advise\` use this table. Where a code is given, the value of
the account is read.

${table(['quota', 'what', 'default', 'raised by', 'what makes it grow', 'source'], quotas)}

## Prices

List prices of ${listed.region} in US dollars, read on ${listed.readOn}. Tiers are of a month. Instances of Alibaba Cloud have their own
prices: \`packages/alibaba/src/traditional/cloud/instance-specs.ts\`.

${table(['price', 'US dollars', 'source'], prices)}

## Types of Cloud-native API Gateway

[Prices](${CLOUD_NATIVE_PRICES_FROM}) of the mainland of China as of ${CLOUD_NATIVE_PRICES_OF}, and the
[new HTTPS connections](${CLOUD_NATIVE_CAPACITY_FROM}) a second up to which a type is safe, read on ${listed.readOn}. \`apigw.dev.x1\` has
no SLA and is left out. The requests per second of each type, the quotas of APIs, routes and services, and the price of data that is
processed are on parts of those pages that could not be read [U]: the planner reports them as unknown, and gives the least cost.

${table(
  ['type', 'US dollars an hour', 'new HTTPS connections a second'],
  CLOUD_NATIVE_TYPES.map((one) => [`\`${one.name}\``, String(one.hour), number(one.newConnections)]),
)}
`;
}
