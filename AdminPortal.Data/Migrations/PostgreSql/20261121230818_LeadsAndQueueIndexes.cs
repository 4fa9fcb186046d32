using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class LeadsAndQueueIndexes : Migration
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

            migrationBuilder.AddColumn<byte[]>(
                name: "device_key",
                table: "sessions",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "lead_marks",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lead_marks", x => x.kind);
                });

            migrationBuilder.CreateTable(
                name: "leads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    authority = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    round_id = table.Column<Guid>(type: "uuid", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leads", x => x.id);
                    table.CheckConstraint("ck_leads_closed", "(state = 'Open' AND closed_by_id IS NULL AND closed_at IS NULL) OR (state <> 'Open' AND closed_by_id IS NOT NULL AND closed_at IS NOT NULL)");
                    table.CheckConstraint("ck_leads_dismissed", "(state = 'Dismissed' AND reason IS NOT NULL) OR (state <> 'Dismissed' AND reason IS NULL)");
                    table.CheckConstraint("ck_leads_proposal", "(state = 'LedToProposal' AND entry_id IS NOT NULL) OR (state <> 'LedToProposal' AND entry_id IS NULL)");
                    table.CheckConstraint("ck_leads_round", "kind = 'SharedDevice' OR round_id IS NOT NULL");
                    table.ForeignKey(
                        name: "FK_leads_blacklist_entries_entry_id",
                        column: x => x.entry_id,
                        principalTable: "blacklist_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_leads_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_leads_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "lead_marks",
                columns: new[] { "kind", "reached_at" },
                values: new object[,]
                {
                    { "AnswerTime", new DateTimeOffset(new DateTime(2020, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) },
                    { "Heartbeat", new DateTimeOffset(new DateTime(2020, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) },
                    { "RepeatedPhoto", new DateTimeOffset(new DateTime(2020, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) },
                    { "SharedDevice", new DateTimeOffset(new DateTime(2020, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) }
                });

            migrationBuilder.CreateIndex(
                name: "IX_sessions_device_key",
                table: "sessions",
                column: "device_key",
                filter: "device_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_started_at",
                table: "sessions",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_rounds_not_reduced",
                table: "rounds",
                columns: new[] { "authority", "opened_at" },
                filter: "state <> 'Reduced' AND state <> 'Reducing'");

            migrationBuilder.CreateIndex(
                name: "IX_photos_sha256",
                table: "photos",
                column: "sha256");

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
                name: "IX_face_checks_taken_at",
                table: "face_checks",
                column: "taken_at");

            migrationBuilder.CreateIndex(
                name: "IX_exam_attempts_finished_at",
                table: "exam_attempts",
                column: "finished_at");

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

            migrationBuilder.CreateIndex(
                name: "IX_leads_authority_state_found_at",
                table: "leads",
                columns: new[] { "authority", "state", "found_at" });

            migrationBuilder.CreateIndex(
                name: "IX_leads_driver_id",
                table: "leads",
                column: "driver_id");

            migrationBuilder.CreateIndex(
                name: "IX_leads_round_id",
                table: "leads",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ux_leads_entry",
                table: "leads",
                column: "entry_id",
                unique: true,
                filter: "entry_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_leads_subject",
                table: "leads",
                columns: new[] { "kind", "subject_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_marks");

            migrationBuilder.DropTable(
                name: "leads");

            migrationBuilder.DropIndex(
                name: "IX_sessions_device_key",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "IX_sessions_started_at",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_rounds_not_reduced",
                table: "rounds");

            migrationBuilder.DropIndex(
                name: "IX_photos_sha256",
                table: "photos");

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
                name: "IX_face_checks_taken_at",
                table: "face_checks");

            migrationBuilder.DropIndex(
                name: "IX_exam_attempts_finished_at",
                table: "exam_attempts");

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

            migrationBuilder.DropColumn(
                name: "device_key",
                table: "sessions");

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
