package dev.ebbgate.examples;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.settings.ToolSettings;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/// A query that the database is told to stop, so that it does not go on for nobody.
public final class JdbcRecipe {

    private JdbcRecipe() {}

    static Tool<String, Long> counting(DataSource database, Duration total) {
        // <jdbc>
        return Tool.of(
                "count",
                ToolSettings.of(total),
                (sql, ctx) -> {
                    Connection connection = ctx.own(database.getConnection());
                    Statement statement = ctx.own(connection.createStatement());
                    ctx.token().onCancel(() -> cancel(statement)); // reaches the database
                    ResultSet rows = statement.executeQuery(sql);
                    return rows.getLong(1);
                });
        // </jdbc>
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException _) {
            // the connection is closed next
        }
    }
}
