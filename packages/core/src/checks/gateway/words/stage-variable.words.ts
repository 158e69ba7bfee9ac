import type { CheckWords } from '../../../findings/statement.js';

/** A route whose link or target is named by stage variables, on a stage. */
interface OnStage {
  readonly key: string;
  readonly gateway: string;
  readonly stage: string;
}

/** `isKept`: `postern apply` does not change the route. */
function remedyText(change: string, { key }: OnStage, isKept: boolean): string {
  return isKept
    ? `${change}.`
    : `Run \`postern apply\`: it writes the link and the target of ${key} in place of the variables.`;
}

/** The texts of `gateway/stage-variable`. */
export const stageVariableWords = {
  title: 'Stage variables that a route names exist, and name a link that exists',
  about:
    'A route of a REST API or a WebSocket API can name its link (connectionId) and its target (uri) by stage variables. API Gateway accepts ' +
    'a variable that does not exist, and does not count such references when a link is deleted. On a stage without the variable, ' +
    'or with the ID of a link that does not exist, calls get status 500. The check evaluates the stage that the spec names, or else every ' +
    'stage. If `postern apply` changes the route, it writes the link and the target themselves, and the finding is a warning.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  ],
  says: {
    GATEWAY_NOT_READ: ({ id }: { readonly id: string }) => `stage variables of ${id} name links that exist`,
    VALUES_NOT_READ: ({ key, stage }: OnStage) => `${key} has a link on stage ${stage}`,
    LINK_NOT_READ: ({ key, stage, linkId }: OnStage & { readonly linkId: string }) =>
      `link ${linkId}, which ${key} uses on stage ${stage}, exists`,
    VARIABLE_ABSENT: ({
      lacking,
      gatewayId,
      isKept,
      ...on
    }: OnStage & { readonly lacking: readonly string[]; readonly gatewayId: string; readonly isKept: boolean }) => ({
      message: `stage ${on.stage} of ${on.gateway} has no variable ${lacking.join(', ')}, by which ${on.key} names its link or target: calls get status 500`,
      remedy: remedyText(`Set ${lacking.join(', ')} on stage ${on.stage} of ${gatewayId}`, on, isKept),
      mendedBy: isKept ? undefined : 'apply',
    }),
    LINK_ABSENT: ({
      linkId,
      variables,
      gatewayId,
      isKept,
      ...on
    }: OnStage & {
      readonly linkId: string;
      readonly variables: readonly string[];
      readonly gatewayId: string;
      readonly isKept: boolean;
    }) => ({
      message: `link ${linkId}, which ${on.key} of ${on.gateway} uses on stage ${on.stage} by a variable (${variables.join(', ')}), does not exist: calls get status 500`,
      remedy: remedyText(
        `Set the variable (${variables.join(', ')}) of stage ${on.stage} of ${gatewayId} to the ID of a link that exists`,
        on,
        isKept,
      ),
      mendedBy: isKept ? undefined : 'apply',
    }),
    LINK_EXISTS: ({ key, stage, linkId }: OnStage & { readonly linkId: string }) =>
      `link ${linkId}, which ${key} uses on stage ${stage}, exists`,
  },
} satisfies CheckWords;
