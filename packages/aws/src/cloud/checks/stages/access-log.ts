import type { IntegrationView, Outcome, Say } from '@postern/core/internal/check';
import {
  aboutThings,
  defineCheck,
  stagesNamed,
  fail,
  gatewayId,
  pass,
  thing,
  unknown,
  unreadGateway,
} from '@postern/core/internal/checks';
import type { AccessLog, Stage } from '@postern/core/internal/snapshot';

/** Variables of the integration, and the type of an answer that the gateway wrote itself. */
const VARIABLES = /\$context\.(?:integration[\w.]*|error\.responseType)/g;

/**
 * Those that do not show whether the answer is that of the backend. Others show it, also such as this list does not know.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const OTHERS = /^\$context\.integration(?:Latency|\.(?:latency|requestId))$/;

const ADD = 'Add $context.integration.status and $context.integrationErrorMessage to the format of the access log';

const CODES = {
  STAGES_NOT_READ: unknown('stages of {id} log the errors of integrations', 'note'),
  LOG_NOT_READ: unknown('stage {stage} of {gateway} logs the errors of integrations', 'note'),
  NO_ACCESS_LOG: fail(
    'stage {stage} of {gateway} has no access log: nothing shows whether status {status} came from the link or from the backend',
    'Set an access log on stage {stage} of {gatewayId}, with $context.integration.status and $context.integrationErrorMessage in its format.',
  ),
  INTEGRATION_NOT_LOGGED: fail(
    'the access log of stage {stage} of {gateway} has neither the status nor the error of the integration: it does not show whether status {status} came from the link or from the backend',
    `${ADD} of stage {stage} of {gatewayId}.`,
  ),
  INTEGRATION_LOGGED: pass(
    'the access log of stage {stage} of {gateway} shows the status or the error of the integration',
  ),
};

export const accessLogOfStage = defineCheck({
  id: 'aws/access-log',
  severity: 'note',
  title: 'The access log of a stage shows the error of the integration',
  about:
    'API Gateway answers with status 503 (HTTP APIs), 500 or 504 (REST APIs) when the link does not reach its target. A backend can answer ' +
    'with the same status. Only the variables of the integration in an access log tell them apart. The check evaluates the stage that the ' +
    'spec names, or else every stage.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
  ],
  codes: CODES,
  *run(input, say) {
    // A stage serves several integrations, and its access log is nothing that a plan changes.
    const seen = new Set<string>();
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (link.region.region.provider !== 'aws') continue;

      const id = gateway?.id ?? gatewayId(spec.gateway);
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      const isFirst = (stage = ''): boolean => seen.size < seen.add(`${id} ${stage}`).size;
      if (unread !== undefined && isFirst()) {
        yield say.STAGES_NOT_READ(aboutThings(name, thing('gateway', id)), { id }, unread);
      }
      for (const stage of stagesNamed(gateway, spec.gateway)) if (isFirst(stage.name)) yield onStage(say, view, stage);
    }
  },
});

function onStage(
  say: Say<typeof CODES>,
  { gateway, link }: IntegrationView,
  { name: stage, accessLog }: Stage,
): Outcome {
  const gatewayId = gateway?.id ?? '';
  const on = { stage, gateway: gateway?.name || gatewayId };
  const about = aboutThings(undefined, thing('stage', `${gatewayId}/${stage}`, `stage ${stage} of ${gatewayId}`));
  const evidence = [{ kind: 'stage', id: stage, text: logText(accessLog) }];
  if (accessLog === undefined) {
    const missing = link.region.missing('gateways', gatewayId) ?? {
      what: `the access log of stage ${stage}`,
      remedy: 'Take the snapshot again with `postern snapshot`, which reads it.',
    };
    return say.LOG_NOT_READ(about, on, missing, evidence);
  }

  const failed = { ...on, gatewayId, status: gateway?.kind === 'http-api' ? '503' : '500 or 504' };
  if (accessLog.destination === undefined) return say.NO_ACCESS_LOG(about, failed, evidence);

  const named = accessLog.format?.match(VARIABLES) ?? [];
  if (named.every((name) => OTHERS.test(name))) return say.INTEGRATION_NOT_LOGGED(about, failed, evidence);

  return say.INTEGRATION_LOGGED(about, on, evidence);
}

function logText({ destination, format = '' }: AccessLog = {}): string {
  return destination === undefined ? 'no access log' : `${destination}: ${format}`;
}
