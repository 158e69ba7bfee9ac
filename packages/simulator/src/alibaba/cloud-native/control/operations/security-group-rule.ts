import { addGroupRules, groupRuleView, removeGroupRule } from '../gateway/group-rules.js';
import { apigList } from '../request/list.js';
import { apigFamily, isListed, neededText } from '../request/parameters.js';
import { getGateway, getRunningGateway } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import { flag, text, texts } from '../../../operation/parameters.js';

/** Rules that a gateway writes into the security groups of its backends. */
export const groupRuleOperations = apigFamily({
  /** The answer has no ID: the rule is found in the list, some seconds later. */
  AddGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupId: neededText, portRanges: texts, description: text },
    run(call, input) {
      addGroupRules(call, getRunningGateway(call.state, input.gatewayId), input);
      return undefined;
    },
  },

  ListGatewayAuthorizedSecurityGroupRules: apigList({
    parameters: { gatewayId: neededText },
    rows({ state, now }, { gatewayId }) {
      const { id } = getGateway(state, gatewayId);
      return [...state.apig.securityGroupRules.values()].filter((row) => row.gatewayId === id && isListed(now)(row));
    },
    view: (row, call) => groupRuleView(call, row),
  }),

  /** Without `cascadingDelete` the rule in the group of the backend stays [I]. */
  DeleteGatewaySecurityGroupRule: {
    parameters: { gatewayId: neededText, securityGroupRuleId: neededText, cascadingDelete: flag },
    run(call, { gatewayId, securityGroupRuleId, cascadingDelete = false }) {
      getGateway(call.state, gatewayId);
      const row = call.state.apig.securityGroupRules.get(securityGroupRuleId);
      if (row?.gatewayId !== gatewayId) throw refusals.missing('security group rule', securityGroupRuleId);

      removeGroupRule(call, row, !cascadingDelete);
      return undefined;
    },
  },
});
