import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { instanceSpec } from '../../kinds/instance-specs.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/spec`. */
export const migrateSpec: MigrationCheck = {
  id: 'migrate/spec',
  title: 'The target instance carries as many connections',
  severity: 'warning',
  about:
    'What an instance carries at once, callers and connections to backends, is a matter of its spec, and all groups on it share it. Where the pool of connections to backends is used ' +
    'up, calls wait half a second and fail with D504CO.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  *run({ check, gateway, from, to }) {
    const [old, next] = [from?.link?.settings?.spec, to.link?.settings?.spec];
    if (from?.link === undefined) return; // a shared instance has no spec
    const [before, after] = [instanceSpec(old), instanceSpec(next)];
    const about = aboutGateway(gateway);
    if (before === undefined || after === undefined) {
      if (old !== undefined && old === next) {
        yield holds(check, about, () => ({ message: `both are ${old}`, evidence: [] }));
        return;
      }
      const [view, name] = after === undefined ? [to, next] : [from, old];
      const id = view.link?.id ?? view.name;
      const what = name === undefined ? `the spec of ${id}` : `what ${name}, the spec of ${id}, carries`;
      const remedy = `Compare the connections of ${old ?? 'the present instance'} and ${next ?? 'the target'} in the console.`;
      yield unsure(about, 'the target carries as many connections', { what, remedy });
      return;
    }
    const says = ({ connections, newConnections, outbound }: typeof before): string =>
      `${connections} connections, ${newConnections} new ones a second, ${outbound} to backends`;
    const evidence = [
      { kind: 'link', id: from.link.id, text: `${old ?? ''}: ${says(before)}` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next ?? ''}: ${says(after)}` },
    ];
    const isLess = (['connections', 'newConnections', 'outbound'] as const).some((key) => after[key] < before[key]);
    if (!isLess) {
      yield holds(check, about, () => ({ message: `${next ?? ''} carries no less than ${old ?? ''}`, evidence }));
      return;
    }
    yield fails(about, {
      message: `the target is ${next ?? ''} (${says(after)}), the present instance ${old ?? ''} (${says(before)})`,
      evidence,
      remedy: `Change the spec of ${to.link?.id ?? 'the target'} to ${old ?? ''} before the move, unless less is enough.`,
    });
  },
};
