'use strict';
require('./smoke-body.cjs')(require('@postern/core'), require('@postern/aws'), require('@postern/simulator')).catch(
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
