import { aboutGateway, migrationCheck } from '@postern/core/checks';

/** `migrate/locked`. */
export const migrateLocked = migrationCheck({
  id: 'migrate/locked',
  severity: 'error',
  title: 'The gateway is not locked',
  about:
    'A group that is locked, for an overdue bill or its contents, accepts no changes: the service refuses the move with Forbidden….',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: ['NOT_LOCKED', 'LOCKED'],
  *run({ gateway }, say) {
    const about = aboutGateway(gateway);
    const { id, locked } = gateway;
    if (locked === undefined) {
      yield say.pass(
        about,
        'NOT_LOCKED',
        () => ({ id }),
        (p) => `${p.id} is not locked`,
      );
      return;
    }
    yield say.fail(about, 'LOCKED', { id, locked }, (p) => ({
      message: `${p.id} is locked (${p.locked}): the service refuses to move it`,
      remedy: `Settle ${p.locked} with the provider, then validate the move again.`,
      evidence: [{ kind: 'gateway', id, text: `locked: ${locked}` }],
    }));
  },
});
