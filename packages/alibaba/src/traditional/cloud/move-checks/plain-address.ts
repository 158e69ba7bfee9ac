import {
  aboutGateway,
  fail,
  migrationCheck,
  standsInSubnets,
  thing,
  useEvidence,
  useText,
  isVariable,
  part,
  undecided,
} from '@postern/core/internal/checks';

export const migratePlainAddress = migrationCheck({
  id: 'migrate/plain-address',
  severity: 'error',
  title: 'Every backend has an authorization if the target instance requires one',
  about:
    'A VPC integration instance calls private addresses without an authorization, and finds servers in registries (Nacos, ZooKeeper). A conventional or shared instance calls only the single resources that authorizations name. An API with a plain private address or a registry loses its backend there.',
  unsettled: ['A move compares VPCs and blocks only: the same address in another VPC is another backend. [I]'],
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/doc-detail/179362',
  ],
  back: 'also',
  codes: {
    NO_AUTHORIZATION: fail(
      '{useText} calls {name} without an authorization, but {linkId|the target instance} requires one',
      'Create a VPC access authorization for {name} and point {use} to it before the move.',
    ),
  },
  *run({ to, backends, gateway }, say) {
    if (to.link !== undefined && standsInSubnets(to)) return;

    for (const { name, uses } of backends) {
      const [use] = uses.filter(({ targetId }) => targetId === undefined);
      if (use === undefined) continue;

      yield say.NO_AUTHORIZATION(
        aboutGateway(gateway, thing('backend', name)),
        { useText: useText(use), name, linkId: to.link?.id, use: use.name },
        useEvidence(uses),
      );
    }
  },
});

export const migrateStageVariable = migrationCheck({
  id: 'migrate/stage-variable',
  severity: 'error',
  title: 'The value of every stage variable that names a backend is known',
  about:
    'An authorization or an address may be a stage variable, `#NAME#`. The service has API calls to create and to delete such variables, and none to read ' +
    'them, so no snapshot contains their values. Write them into the spec under `assume.stageVariables`, by gateway, stage and name. A draft is evaluated ' +
    'with the values of each stage that has values, because it is published on one of them.',
  sources: ['https://help.aliyun.com/document_detail/43605.html'],
  back: 'also',
  codes: {
    VARIABLE_NOT_KNOWN: undecided(
      'the backend of {useText} is the stage variable {variable}, and no API call reports its value',
      'Write its value into the spec as {places:and}, and pass the spec with --spec.[if isDraft:  If the value differs between stages, write it for each stage on which the draft may be published.]',
    ),
  },
  *run({ gateway, untold }, say) {
    const seen = new Set<string>();
    for (const use of untold ?? []) {
      const text = isVariable(use.targetId) ? use.targetId : isVariable(use.host) ? use.host : undefined;
      if (text === undefined || use.unreadable !== undefined || seen.has(`${text} ${useText(use)}`)) continue;

      seen.add(`${text} ${useText(use)}`);
      yield say.VARIABLE_NOT_KNOWN(
        aboutGateway(gateway, thing(use.kind, use.id, useText(use)), part('stage variable', text)),
        { useText: useText(use), variable: text, gateway: gateway.id, stage: use.stage },
        undefined,
        {
          evidence: [{ kind: use.kind, id: use.id, text: `${useText(use)} → ${text}` }],
          words: { places: placesOf(gateway.id, use.stage, text), isDraft: use.stage === undefined },
        },
      );
    }
  },
});

/** Where the spec has the values of `#host#`, or of several with text between them. A draft has no stage: it uses the value of any. */
function placesOf(gateway: string, stage: string | undefined, variable: string): readonly string[] {
  const names = [...variable.matchAll(/#([^#\s]+)#/g)].map(([, name = '']) => name);
  return names.map((name) => `assume.stageVariables.${gateway}.${stage ?? 'RELEASE'}.${name}`);
}
