import type { AlibabaCall } from '../../../operation/operation.js';
import { pageByToken } from '../../../operation/page.js';
import { hasTags, setTags, withoutTags } from '../../../vpc/request/tags.js';
import { changeGateway } from '../gateway/gateway-life.js';
import { apigFamily, neededText, neededTexts, tags, readApigTags } from '../request/parameters.js';
import { getGateway } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import { flag, text, texts, whole } from '../../../operation/parameters.js';

/** Only gateways have tags here. @throws {AlibabaError} `InvalidParameter` */
function checkType(type: string): void {
  if (type.toLowerCase() !== 'gateway') throw refusals.invalid('resourceType', 'Only gateways are simulated.');
}

function setGatewayTags(
  call: AlibabaCall,
  ids: readonly string[],
  change: (row: { tags: Record<string, string> }) => void,
) {
  const rows = ids.map((id) => getGateway(call.state, id));
  for (const { id, tags: before } of rows) {
    const row = { tags: { ...before } };
    change(row);
    changeGateway(call, id, row);
  }
}

/** Tags and the resource group. Bodies write names with small letters, queries with capitals. */
export const tagOperations = apigFamily({
  TagResources: {
    isBare: true,
    parameters: { resourceType: neededText, resourceId: neededTexts, tag: tags },
    run(call, { resourceType, resourceId, tag }) {
      checkType(resourceType);
      const given = readApigTags(tag);
      setGatewayTags(call, resourceId, (row) => setTags(row, given));
      return {};
    },
  },

  UntagResources: {
    isBare: true,
    parameters: { ResourceType: neededText, ResourceId: neededTexts, TagKey: texts, All: flag },
    run(call, { ResourceType, ResourceId, TagKey, All = false }) {
      checkType(ResourceType);
      setGatewayTags(call, ResourceId, (row) => (row.tags = withoutTags(row.tags, TagKey, All)));
      return {};
    },
  },

  ListTagResources: {
    isBare: true,
    parameters: { ResourceType: neededText, ResourceId: texts, Tag: tags, NextToken: text, MaxResults: whole },
    run({ state }, { ResourceType, ResourceId = [], Tag, NextToken, MaxResults }) {
      checkType(ResourceType);
      const asked = Tag?.map(({ key, value, Key = key, Value = value }) => ({ Key, Value }));
      const found = [...state.apig.gateways.values()]
        .filter((row) => (ResourceId.length === 0 || ResourceId.includes(row.id)) && hasTags(row.tags, asked))
        .flatMap(({ id, tags: of }) => Object.entries(of).map(([TagKey, TagValue]) => ({ id, TagKey, TagValue })));
      const { items, NextToken: next } = pageByToken(
        found,
        { MaxResults, NextToken },
        {
          operation: { product: 'APIG', name: 'ListTagResources' },
          defaultSize: 50,
          largest: 100,
          key: ({ id, TagKey }) => `${id}/${TagKey}`,
        },
      );
      const view = ({ id, TagKey, TagValue }: (typeof items)[number]) => ({
        ResourceId: id,
        ResourceType: 'gateway',
        TagKey,
        TagValue,
      });
      return { NextToken: next, TagResources: items.map(view) };
    },
  },

  /** All of it is in the query. The change is seen some seconds later [U]; here at once. */
  ChangeResourceGroup: {
    isBare: true,
    parameters: { ResourceId: neededText, ResourceGroupId: neededText, ResourceType: text, Service: text },
    run(call, { ResourceId, ResourceGroupId }) {
      getGateway(call.state, ResourceId);
      changeGateway(call, ResourceId, { resourceGroupId: ResourceGroupId });
      return {};
    },
  },
});
