import { apigFamily, page, PAGE } from '../request/parameters.js';
import { flag, text } from '../../../operation/parameters.js';

/** Plug-ins, as far as they are listed. */
export const pluginOperations = apigFamily({
  ListPlugins: {
    parameters: {
      attachResourceId: text,
      attachResourceType: text,
      gatewayId: text,
      gatewayType: text,
      includeBuiltinAiGateway: flag,
      pluginClassId: text,
      pluginClassName: text,
      withAttachmentInfo: flag,
      ...PAGE,
    },
    run: (_call, asked) => page([], asked, (row) => row),
  },
});
