/// Where the ledger is kept: one SQLite file, or a PostgreSQL database, with the same schema.
@NullMarked
package dev.ebbgate.ledger.store;

import org.jspecify.annotations.NullMarked;
