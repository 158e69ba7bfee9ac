import { addGroupRules, groupRuleView, removeGroupRule } from '../gateway/group-rules.js';
import {
  apigFamily,
  isListed,
  page,
  type PageRequest,
  flag,
  neededText,
  PAGE,
  text,
  texts,
} from '../request/parameters.js';
import { getGateway, getRunningGateway } from '../request/find.js';
import { refusals } from '../request/refusals.js';

interface AddInput {
  readonly gatewayId: string;
  readonly securityGroupId: string;
  readonly portRanges?: readonly string[];
  readonly description?: string;
}

interface DeleteInput {
  readonly gatewayId: string;
  readonly securityGroupRuleId: string;
  readonly cascadingDelete?: boolean;
}

/** Rules that a gateway writes into the security groups of its backends. */
export const groupRuleOperations = apigFamily({
  /** The answer has no ID: the rule is found in the list, some seconds later. */
  AddGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupId: neededText, portRanges: texts, description: text },
    run(call, input: AddInput) {
      addGroupRules(call, getRunningGateway(call.state, input.gatewayId), input);
      return undefined;
    },
  },

  ListGatewayAuthorizedSecurityGroupRules: {
    parameters: { gatewayId: neededText, ...PAGE },
    run(call, asked: PageRequest & { readonly gatewayId: string }) {
      const { id } = getGateway(call.state, asked.gatewayId);
      const rows = [...call.state.apig.securityGroupRules.values()].filter(
        (row) => row.gatewayId === id && isListed(call.now)(row),
      );
      const { items, ...numbers } = page(rows, asked);
      return { items: items.map((row) => groupRuleView(call, row)), ...numbers };
    },
  },

  /** Without `cascadingDelete` the rule in the group of the backend stays [I]. */
  DeleteGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupRuleId: neededText, cascadingDelete: flag },
    run(call, { gatewayId, securityGroupRuleId, cascadingDelete = false }: DeleteInput) {
      getGateway(call.state, gatewayId);
      const row = call.state.apig.securityGroupRules.get(securityGroupRuleId);
      if (row?.gatewayId !== gatewayId) throw refusals.missing('security group rule', securityGroupRuleId);
      removeGroupRule(call, row, !cascadingDelete);
      return undefined;
    },
  },
});
