import { aboutGateway, migrationCheck } from '@postern/core/checks';
import { instanceSpec, instanceSpecText } from '../integration-instance/instance-specs.js';

/** `migrate/spec`. */
export const migrateSpec = migrationCheck({
  id: 'migrate/spec',
  severity: 'warning',
  title: 'The target instance supports as many connections as the current instance',
  about:
    'The instance type limits the connections that an instance has at once, from callers and to backends. All groups on the instance share them. If the pool of connections ' +
    'to backends is used up, calls wait half a second and fail with D504CO.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  codes: ['SAME_SPEC', 'SPEC_NOT_READ', 'SPEC_NOT_SMALLER', 'SPEC_SMALLER'],
  *run({ gateway, from, to }, say) {
    const [old, next] = [from?.link?.settings?.spec, to.link?.settings?.spec];
    if (from?.link === undefined) return; // a shared instance has no instance type
    const [before, after] = [instanceSpec(old), instanceSpec(next)];
    const about = aboutGateway(gateway);
    if (before === undefined || after === undefined) {
      if (old !== undefined && old === next) {
        yield say.pass(
          about,
          'SAME_SPEC',
          () => ({ old }),
          (p) => `both instances have the instance type ${p.old}`,
        );
        return;
      }
      const [view, name] = after === undefined ? [to, next] : [from, old];
      const id = view.link?.id ?? view.name;
      const what =
        name === undefined ? `the instance type of ${id}` : `the connection limits of instance type ${name} of ${id}`;
      const remedy = `Compare the connection limits of ${old ?? 'the current instance'} and ${next ?? 'the target instance'} in the console.`;
      yield say.unknown(
        about,
        'SPEC_NOT_READ',
        {},
        { what, remedy },
        () => 'the target instance supports as many connections',
      );
      return;
    }
    const evidence = [
      { kind: 'link', id: from.link.id, text: `${old ?? ''}: ${instanceSpecText(before)}` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next ?? ''}: ${instanceSpecText(after)}` },
    ];
    const isLess = (['connections', 'newConnections', 'outbound'] as const).some((key) => after[key] < before[key]);
    if (!isLess) {
      yield say.pass(
        about,
        'SPEC_NOT_SMALLER',
        () => ({ next, old }),
        (p) => ({ message: `${p.next ?? ''} supports as many connections as ${p.old ?? ''}, or more`, evidence }),
      );
      return;
    }
    yield say.fail(
      about,
      'SPEC_SMALLER',
      { next, nextSpec: after, old, oldSpec: before, linkId: to.link?.id },
      (p) => ({
        message: `the target instance has the instance type ${p.next ?? ''} (${instanceSpecText(p.nextSpec)}), the current instance ${p.old ?? ''} (${instanceSpecText(p.oldSpec)})`,
        remedy: `Change the instance type of ${p.linkId ?? 'the target instance'} to ${p.old ?? ''} before the move, unless fewer connections are enough.`,
        evidence,
      }),
    );
  },
});
