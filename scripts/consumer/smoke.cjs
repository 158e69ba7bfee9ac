'use strict';
// Every supported Node.js loads ES modules by `require`: https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require
for (const name of ['core', 'aws', 'alibaba', 'simulator', 'fleet']) {
  const { exports } = require(`@postern/${name}/package.json`);
  const entries = Object.keys(exports).filter((entry) => !entry.includes('*'));
  for (const entry of entries) require(`@postern/${name}${entry.slice(1)}`);
}
require('./smoke-body.cjs')(require('@postern/core'), require('@postern/aws'), require('@postern/simulator')).catch(
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
