import { apigList } from '../request/find.js';
import { apigFamily } from '../request/parameters.js';
import { flag, text } from '../../../operation/family.js';

/** Plug-ins, as far as they are listed. */
export const pluginOperations = apigFamily({
  ListPlugins: apigList({
    parameters: {
      attachResourceId: text,
      attachResourceType: text,
      gatewayId: text,
      gatewayType: text,
      includeBuiltinAiGateway: flag,
      pluginClassId: text,
      pluginClassName: text,
      withAttachmentInfo: flag,
    },
    rows: () => [],
    view: (row) => row,
  }),
});
