using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class DriverSide : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reviews_attempt_id",
                table: "reviews");

            migrationBuilder.DropCheckConstraint(
                name: "ck_reductions_refused",
                table: "reductions");

            migrationBuilder.DropIndex(
                name: "IX_messages_driver_id_written_at",
                table: "messages");

            migrationBuilder.AddColumn<Guid>(
                name: "voided_by_check",
                table: "study_stretches",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "id_photo_accepted_at",
                table: "rounds",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "id_photos_filed",
                table: "rounds",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<Guid>(
                name: "attempt_id",
                table: "reviews",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "check_id",
                table: "reviews",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ordinal",
                table: "messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<Guid>(
                name: "photo_id",
                table: "face_checks",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "lift_reason",
                table: "driver_entries",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "lifted_at",
                table: "driver_entries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "lifted_by_id",
                table: "driver_entries",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "lifted_by_name",
                table: "driver_entries",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "proposed_by_id",
                table: "cases",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "proposed_by_key",
                table: "cases",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "proposed_by_name",
                table: "cases",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "term_count",
                table: "cases",
                type: "integer",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.AddColumn<string>(
                name: "term_unit",
                table: "cases",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "WorkingDays");

            migrationBuilder.AddColumn<string>(
                name: "hotline",
                table: "authorities",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "blacklist_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    authority = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    ground = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    round_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    proposed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    proposed_by_key = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    out_of_scheme_until = table.Column<DateOnly>(type: "date", nullable: true),
                    off_online_until = table.Column<DateOnly>(type: "date", nullable: true),
                    lifted_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lifted_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lift_reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_blacklist_entries", x => x.id);
                    table.CheckConstraint("ck_blacklist_checked", "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_blacklist_clocks", "(state IN ('InForce', 'Lifted') AND out_of_scheme_until IS NOT NULL AND off_online_until IS NOT NULL) OR (state IN ('Proposed', 'Declined') AND out_of_scheme_until IS NULL AND off_online_until IS NULL)");
                    table.CheckConstraint("ck_blacklist_lifted", "(state = 'Lifted' AND lifted_by_id IS NOT NULL AND lifted_at IS NOT NULL AND lift_reason IS NOT NULL) OR (state <> 'Lifted' AND lifted_by_id IS NULL AND lifted_at IS NULL AND lift_reason IS NULL)");
                    table.CheckConstraint("ck_blacklist_maker_checker", "checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND checked_by_id <> driver_id)");
                    table.ForeignKey(
                        name: "FK_blacklist_entries_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_blacklist_entries_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_files",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    photo_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_files", x => new { x.case_id, x.number });
                    table.ForeignKey(
                        name: "FK_case_files_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_case_files_photos_photo_id",
                        column: x => x.photo_id,
                        principalTable: "photos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "data_exports",
                columns: table => new
                {
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    export_number = table.Column<int>(type: "integer", nullable: false),
                    exported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    file_format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_exports", x => new { x.driver_id, x.export_number });
                    table.ForeignKey(
                        name: "FK_data_exports_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "face_consents",
                columns: table => new
                {
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_number = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    happened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    notice_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    notice_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_face_consents", x => new { x.driver_id, x.step_number });
                    table.CheckConstraint("ck_face_consents_first", "step_number > 1 OR (step_number = 1 AND act = 'Given')");
                    table.CheckConstraint("ck_face_consents_notice", "(act = 'Given' AND notice_version IS NOT NULL AND notice_hash IS NOT NULL) OR (act = 'Withdrawn' AND notice_version IS NULL AND notice_hash IS NULL)");
                    table.ForeignKey(
                        name: "FK_face_consents_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "feedback_tickets",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form_key = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    open_slot = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_feedback_tickets", x => x.case_id);
                    table.CheckConstraint("ck_feedback_tickets_open_slot", "open_slot IS NULL OR (open_slot >= 1 AND open_slot <= 5)");
                    table.ForeignKey(
                        name: "FK_feedback_tickets_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_feedback_tickets_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "id_photo_checks",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round_id = table.Column<Guid>(type: "uuid", nullable: false),
                    photo_number = table.Column<int>(type: "integer", nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_id_photo_checks", x => x.case_id);
                    table.ForeignKey(
                        name: "FK_id_photo_checks_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_id_photo_checks_rounds_round_id",
                        column: x => x.round_id,
                        principalTable: "rounds",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appeals",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    delivered_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeals", x => x.case_id);
                    table.CheckConstraint("ck_appeals_subject", "(entry_id IS NULL AND delivered_id IS NOT NULL) OR (entry_id IS NOT NULL AND delivered_id IS NULL)");
                    table.ForeignKey(
                        name: "FK_appeals_blacklist_entries_entry_id",
                        column: x => x.entry_id,
                        principalTable: "blacklist_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_appeals_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_appeals_driver_entries_delivered_id",
                        column: x => x.delivered_id,
                        principalTable: "driver_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reduction_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    round_id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_number = table.Column<int>(type: "integer", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reduction_changes", x => x.id);
                    table.CheckConstraint("ck_reduction_changes_settled", "(state IN ('Waiting', 'Unknown') AND settled_at IS NULL) OR (state NOT IN ('Waiting', 'Unknown') AND settled_at IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_reduction_changes_blacklist_entries_entry_id",
                        column: x => x.entry_id,
                        principalTable: "blacklist_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_reduction_changes_reductions_round_id",
                        column: x => x.round_id,
                        principalTable: "reductions",
                        principalColumn: "round_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_study_stretches_started_at",
                table: "study_stretches",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_reviews_attempt_id",
                table: "reviews",
                column: "attempt_id",
                unique: true,
                filter: "attempt_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_reviews_check_id",
                table: "reviews",
                column: "check_id",
                unique: true,
                filter: "check_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_reviews_round_id_filed_at",
                table: "reviews",
                columns: new[] { "round_id", "filed_at" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_reviews_subject",
                table: "reviews",
                sql: "(attempt_id IS NULL AND check_id IS NOT NULL) OR (attempt_id IS NOT NULL AND check_id IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_reductions_refused",
                table: "reductions",
                sql: "(state = 'Refused' AND slot IS NULL) OR state = 'Revoked' OR (state NOT IN ('Refused', 'Revoked') AND slot IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_messages_driver_id_written_at_ordinal",
                table: "messages",
                columns: new[] { "driver_id", "written_at", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_unread",
                table: "messages",
                column: "driver_id",
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_exam_attempts_started_at",
                table: "exam_attempts",
                column: "started_at");

            migrationBuilder.AddCheckConstraint(
                name: "ck_driver_entries_lifted",
                table: "driver_entries",
                sql: "(lifted_at IS NULL AND lifted_by_id IS NULL AND lift_reason IS NULL) OR (lifted_at IS NOT NULL AND lifted_by_id IS NOT NULL AND lift_reason IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_cases_two_persons",
                table: "cases",
                sql: "state <> 'Upheld' OR (kind <> 'Appeal' AND proposed_by_id IS NULL) OR (kind = 'Appeal' AND proposed_by_id IS NOT NULL AND proposed_by_id <> decider_id)");

            migrationBuilder.CreateIndex(
                name: "IX_appeals_delivered_id",
                table: "appeals",
                column: "delivered_id",
                unique: true,
                filter: "delivered_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_appeals_entry_id",
                table: "appeals",
                column: "entry_id",
                unique: true,
                filter: "entry_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_blacklist_entries_authority_proposed_at",
                table: "blacklist_entries",
                columns: new[] { "authority", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "IX_blacklist_entries_round_id",
                table: "blacklist_entries",
                column: "round_id");

            migrationBuilder.CreateIndex(
                name: "ux_blacklist_one_proposal",
                table: "blacklist_entries",
                column: "driver_id",
                unique: true,
                filter: "state = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "IX_case_files_photo_id",
                table: "case_files",
                column: "photo_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_feedback_tickets_driver_id_filed_at",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "filed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_form_key",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "form_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_number",
                table: "feedback_tickets",
                column: "ticket_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_feedback_tickets_open_slot",
                table: "feedback_tickets",
                columns: new[] { "driver_id", "open_slot" },
                unique: true,
                filter: "open_slot IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_id_photo_checks_round_id_photo_number",
                table: "id_photo_checks",
                columns: new[] { "round_id", "photo_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reduction_changes_open",
                table: "reduction_changes",
                column: "next_at",
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_reduction_changes_round_id_change_number",
                table: "reduction_changes",
                columns: new[] { "round_id", "change_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_reduction_changes_once",
                table: "reduction_changes",
                columns: new[] { "entry_id", "kind" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_reviews_face_checks_check_id",
                table: "reviews",
                column: "check_id",
                principalTable: "face_checks",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            Migrations.AppendOnly.GuardOnPostgreSql(migrationBuilder, "face_consents");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_reviews_face_checks_check_id",
                table: "reviews");

            migrationBuilder.DropTable(
                name: "appeals");

            migrationBuilder.DropTable(
                name: "case_files");

            migrationBuilder.DropTable(
                name: "data_exports");

            migrationBuilder.DropTable(
                name: "face_consents");

            migrationBuilder.DropTable(
                name: "feedback_tickets");

            migrationBuilder.DropTable(
                name: "id_photo_checks");

            migrationBuilder.DropTable(
                name: "reduction_changes");

            migrationBuilder.DropTable(
                name: "blacklist_entries");

            migrationBuilder.DropIndex(
                name: "IX_study_stretches_started_at",
                table: "study_stretches");

            migrationBuilder.DropIndex(
                name: "IX_reviews_attempt_id",
                table: "reviews");

            migrationBuilder.DropIndex(
                name: "IX_reviews_check_id",
                table: "reviews");

            migrationBuilder.DropIndex(
                name: "IX_reviews_round_id_filed_at",
                table: "reviews");

            migrationBuilder.DropCheckConstraint(
                name: "ck_reviews_subject",
                table: "reviews");

            migrationBuilder.DropCheckConstraint(
                name: "ck_reductions_refused",
                table: "reductions");

            migrationBuilder.DropIndex(
                name: "IX_messages_driver_id_written_at_ordinal",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_unread",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_exam_attempts_started_at",
                table: "exam_attempts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_driver_entries_lifted",
                table: "driver_entries");

            migrationBuilder.DropCheckConstraint(
                name: "ck_cases_two_persons",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "voided_by_check",
                table: "study_stretches");

            migrationBuilder.DropColumn(
                name: "id_photo_accepted_at",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "id_photos_filed",
                table: "rounds");

            migrationBuilder.DropColumn(
                name: "check_id",
                table: "reviews");

            migrationBuilder.DropColumn(
                name: "ordinal",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "lift_reason",
                table: "driver_entries");

            migrationBuilder.DropColumn(
                name: "lifted_at",
                table: "driver_entries");

            migrationBuilder.DropColumn(
                name: "lifted_by_id",
                table: "driver_entries");

            migrationBuilder.DropColumn(
                name: "lifted_by_name",
                table: "driver_entries");

            migrationBuilder.DropColumn(
                name: "proposed_by_id",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "proposed_by_key",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "proposed_by_name",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "term_count",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "term_unit",
                table: "cases");

            migrationBuilder.DropColumn(
                name: "hotline",
                table: "authorities");

            migrationBuilder.AlterColumn<Guid>(
                name: "attempt_id",
                table: "reviews",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "photo_id",
                table: "face_checks",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_reviews_attempt_id",
                table: "reviews",
                column: "attempt_id",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_reductions_refused",
                table: "reductions",
                sql: "(state = 'Refused' AND slot IS NULL) OR (state <> 'Refused' AND slot IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_messages_driver_id_written_at",
                table: "messages",
                columns: new[] { "driver_id", "written_at" });
        }
    }
}
