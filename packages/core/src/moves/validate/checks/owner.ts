import { fail } from '../../../do/findings/say.js';
import { aboutGateway, migrationCheck } from '../migration.js';
import type { Finding } from '../../../do/findings/finding.js';
import { moveTextsOf, type Clouds } from '../../../do/kinds/cloud/clouds.js';
import type { DeclaredElsewhere, ToolEdit } from '../../../do/kinds/cloud/move-texts.js';
import type { GatewayKind } from '../../../do/model/gateway-kind.js';
import { movedIntegrations } from '../moved-integrations.js';

export const migrateOwner = migrationCheck({
  id: 'migrate/owner',
  severity: 'note',
  title: 'Tools that declare the gateway are updated together with the move',
  about:
    'A tool that declares the gateway does not detect a move. The same holds for a spec of Postern. The ' +
    'evidence names the edit for each tool. Make the edit together with the move.',
  codes: {
    // The cloud says which tools declare its gateways, and what to do besides the edit.
    DECLARED_ELSEWHERE: fail(
      '{undone}',
      'Replace {old} with {next} in the declaration, together with the move.[ {check}]',
    ),
  },
  *run(input, say) {
    const { gateway, from, to } = input;
    const next = to.link?.id ?? '';
    const old = from?.link?.id ?? gateway.linkId ?? 'the current instance';
    const { clouds } = input.region;
    const isGroup = clouds.gateway(gateway.kind).movesAsOne;
    const { undone, check, edits } = declaredOf(clouds, gateway.kind) ?? OTHERWISE;
    const params = { isGroup, gateway: gateway.id, old, next };
    const move = {
      gateway: gateway.id,
      old,
      next,
      integrations: movedIntegrations(input).map(({ id }) => id),
      resources: [...new Set(input.future.targets.flatMap(({ target }) => target?.resourceId ?? []))],
    };
    yield say.DECLARED_ELSEWHERE(aboutGateway(gateway), params, {
      evidence: [inSpec(old, next), ...edits(move)].flatMap(({ lines, ...of }) =>
        lines.map((text) => ({ ...of, text })),
      ),
      words: { undone: undone(move), check },
    });
  },
});

/** What a cloud says of other tools that declare its gateways. */
function declaredOf(clouds: Clouds, kind: GatewayKind): DeclaredElsewhere | undefined {
  return moveTextsOf(clouds, clouds.gateway(kind).provider).declared?.[kind];
}

/** Of a cloud that says nothing of other tools. */
const OTHERWISE: DeclaredElsewhere = {
  undone: ({ gateway, old }) => `if another tool declares ${gateway} on ${old}, its next run may undo the move`,
  edits: () => [],
};

/** A spec of Postern names the link by its ID, or declares one that another link of the spec replaces. */
function inSpec(old: string, next: string): ToolEdit {
  return {
    kind: 'Postern',
    id: 'postern.yaml',
    lines: [
      `id: ${old} → id: ${next} on the link of the integration (postern migrate finish --write)`,
      'then postern plan must report "No changes"',
    ],
  };
}

/** The edits for the tools that may declare what moves, of one resource each: what the evidence of the check says. */
export function toolEdits(findings: readonly Finding[]): readonly ToolEdit[] {
  const edits = new Map<string, ToolEdit>();
  for (const { kind, id, text } of findings.flatMap((one) => (one.check === migrateOwner.id ? one.evidence : []))) {
    const key = JSON.stringify([kind, id]);
    edits.set(key, { kind, id, lines: [...(edits.get(key)?.lines ?? []), text] });
  }
  return [...edits.values()];
}
