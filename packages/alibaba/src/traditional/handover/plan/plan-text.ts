import { counted, documentText, fewText, item, line, type Item, type Section } from '@postern/core/internal/cloud';
import { lengthOfTime, type ReportTextOptions } from '@postern/core/internal/report';
import { routeText } from '../assess/rules/paths.js';
import type { HandoverPlan } from './fingerprint.js';
import type { PlannedGateway, PlannedStage } from './plan-values.js';

/** Routes of a stage that are listed; the saved plan has all. */
const MOST_ROUTES = 30;

/** A plan as text: what is bought, what is built for each stage, the change of DNS, how long it takes and up to where it can be undone. */
export function handoverPlanText(plan: HandoverPlan, options: Pick<ReportTextOptions, 'width'> = {}): string {
  const { group, provider, region, account, stages, expected, undo, waivers, notes, handover, takenAt } = plan;
  const seconds = expected.reduce((sum, step) => sum + step.seconds, 0);
  const title = `Hand over ${group.name} (${group.id}) in ${provider} ${region}, account ${account}`;
  const time = `Expected: about ${lengthOfTime(seconds * 1000)}, of which one TTL of the record takes ${lengthOfTime((expected.at(-1)?.seconds ?? 0) * 1000)}.`;
  const listSection = (heading: string, texts: readonly string[]): Section => ({
    heading: `${heading} (${texts.length}):`,
    items: texts.map((text) => item(text)),
  });
  return documentText(
    {
      title,
      isTitled: true,
      level: 1,
      sections: [
        { lines: [line(`Hand-over ID ${handover}, read at ${takenAt}`)] },
        ...stages.map((stage) => ({ heading: stage.stage, items: stageItems(stage) })),
        listSection(
          'Given up',
          waivers.map(({ item: waived, reason }) => `${waived}: ${reason}`),
        ),
        listSection('Callers and backends may notice', notes),
        { items: [time, ...undo.map((text) => `Undo: ${text}`)].map((text) => item(text)), depth: 0 },
      ],
    },
    options,
  );
}

function stageItems({
  gateway,
  api,
  services,
  routes,
  consumers,
  domains,
  rules,
  records,
  todos,
}: PlannedStage): readonly Item[] {
  return [
    item(`gateway    ${gatewayText(gateway)}`),
    item(`API        ${api.name}, type ${api.type}`),
    ...listed(
      'rules',
      rules.map(({ groupId, ports }) => `${groupId}: allow TCP ${ports} from the managed group of the gateway`),
    ),
    ...listed(
      'services',
      services.map(({ name, kind, addresses, policies, from }) => {
        const by = from === undefined ? '' : `, from ${from.instanceId} as of ${from.at}`;
        const also = policies.length === 0 ? '' : `, ${policies.map((one) => one.class).join(', ')}`;
        return `${name}: ${kind} ${addresses.join(', ')}${by}${also}`;
      }),
    ),
    ...listed(
      'routes',
      routes.map(({ name, match, service, policies }) => {
        const also = policies.length === 0 ? '' : ` (${[...new Set(policies.map((one) => one.class))].join(', ')})`;
        return `${name}: ${routeText(match)} → ${service ?? 'mock'}${also}`;
      }),
      MOST_ROUTES,
    ),
    ...listed(
      'consumers',
      consumers.map(
        ({ name, routes: allowed, enabled }) =>
          `${name}: ${counted(allowed.length, 'route')}${enabled ? '' : ', disabled'}`,
      ),
    ),
    ...listed(
      'domains',
      domains.map(
        ({ name, protocol, certificate, mutualTls }) =>
          `${name}: ${protocol}${certificate === undefined ? '' : `, certificate ${certificate}`}${mutualTls ? ', mutual TLS' : ''}`,
      ),
    ),
    ...listed(
      'DNS',
      records.map(
        ({ name, from, weights }) =>
          `${name}: ${from.value ?? 'its record'} → CNAME of the gateway, ${weights ? 'by weights' : 'in one step'}`,
      ),
    ),
    ...listed(
      'to do',
      todos.map(({ rule, subject, text }) => `${rule} ${subject}: ${text}`),
    ),
  ];
}

function gatewayText(gateway: PlannedGateway): string {
  if ('adopt' in gateway) return gateway.adopt;

  const { name, spec, vpcId, vSwitchIds, access, chargeType, hourlyUsd } = gateway.purchase;
  const price =
    hourlyUsd === undefined ? 'price not known' : `about USD ${hourlyUsd} an hour and the data that is processed`;
  return `buy ${name}: ${spec}, ${chargeType}, ${access}, ${vpcId} ${fewText(vSwitchIds)}; ${price}`;
}

function listed(name: string, texts: readonly string[], most = texts.length): readonly Item[] {
  if (texts.length === 0) return [];

  return [{ ...item(`${name.padEnd(10)} ${texts.length}`), items: texts.map((text) => item(text)), most }];
}
