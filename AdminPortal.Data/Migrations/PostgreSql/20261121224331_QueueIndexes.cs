using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class QueueIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outages_declared_at",
                table: "outages");

            migrationBuilder.DropIndex(
                name: "ix_cases_open_due",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_blacklist_entries_authority_proposed_at",
                table: "blacklist_entries");

            migrationBuilder.DropIndex(
                name: "IX_attendances_authority_recorded_at",
                table: "attendances");

            migrationBuilder.CreateIndex(
                name: "ix_rounds_not_reduced",
                table: "rounds",
                columns: new[] { "authority", "opened_at" },
                filter: "state <> 'Reduced' AND state <> 'Reducing'");

            migrationBuilder.CreateIndex(
                name: "ix_outages_newest",
                table: "outages",
                columns: new[] { "declared_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_outages_state_declared_at",
                table: "outages",
                columns: new[] { "state", "declared_at" });

            migrationBuilder.CreateIndex(
                name: "IX_feedback_tickets_filed_at",
                table: "feedback_tickets",
                column: "filed_at");

            migrationBuilder.CreateIndex(
                name: "ix_cases_decided_newest",
                table: "cases",
                columns: new[] { "decided_at", "id", "authority", "kind", "holder_name" },
                filter: "decided_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_open_due",
                table: "cases",
                columns: new[] { "authority", "due_at", "kind" },
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_opened",
                table: "cases",
                columns: new[] { "authority", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "IX_blacklist_entries_authority_state_proposed_at",
                table: "blacklist_entries",
                columns: new[] { "authority", "state", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_blacklist_entries_newest",
                table: "blacklist_entries",
                columns: new[] { "proposed_at", "id", "authority", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_attendances_authority_state_recorded_at",
                table: "attendances",
                columns: new[] { "authority", "state", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "ix_attendances_newest",
                table: "attendances",
                columns: new[] { "recorded_at", "id", "authority", "state" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_rounds_not_reduced",
                table: "rounds");

            migrationBuilder.DropIndex(
                name: "ix_outages_newest",
                table: "outages");

            migrationBuilder.DropIndex(
                name: "IX_outages_state_declared_at",
                table: "outages");

            migrationBuilder.DropIndex(
                name: "IX_feedback_tickets_filed_at",
                table: "feedback_tickets");

            migrationBuilder.DropIndex(
                name: "ix_cases_decided_newest",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_open_due",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "ix_cases_opened",
                table: "cases");

            migrationBuilder.DropIndex(
                name: "IX_blacklist_entries_authority_state_proposed_at",
                table: "blacklist_entries");

            migrationBuilder.DropIndex(
                name: "ix_blacklist_entries_newest",
                table: "blacklist_entries");

            migrationBuilder.DropIndex(
                name: "IX_attendances_authority_state_recorded_at",
                table: "attendances");

            migrationBuilder.DropIndex(
                name: "ix_attendances_newest",
                table: "attendances");

            migrationBuilder.CreateIndex(
                name: "IX_outages_declared_at",
                table: "outages",
                column: "declared_at");

            migrationBuilder.CreateIndex(
                name: "ix_cases_open_due",
                table: "cases",
                columns: new[] { "authority", "due_at" },
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_blacklist_entries_authority_proposed_at",
                table: "blacklist_entries",
                columns: new[] { "authority", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_attendances_authority_recorded_at",
                table: "attendances",
                columns: new[] { "authority", "recorded_at" });
        }
    }
}
